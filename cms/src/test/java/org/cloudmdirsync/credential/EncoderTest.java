package org.cloudmdirsync.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.cloudmdirsync.credential.CredentialReply.Credential;
import org.cloudmdirsync.credential.CredentialReply.Kind;
import org.cloudmdirsync.credential.CredentialReply.Refusal;
import org.cloudmdirsync.secret.Secret;
import org.junit.jupiter.api.Test;

class EncoderTest {
  private static final CredentialRequest PLAIN = request(List.of());
  private static final CredentialRequest TYPED = request(List.of("v=1"));
  private static final CredentialRequest EXPIRY = request(List.of("expiry"));

  @Test
  void saysWhatTheReplySaysWhateverItSaidBefore() {
    List<CredentialReply> replies =
        List.of(
            credential("ann", "token-1", 5),
            credential("ann", "token-2", 5),
            credential("ann", "token-2", 6),
            credential("bob", "token-2", 6),
            new Refusal(Kind.MISCONFIGURED, "why", Optional.empty()));
    Encoder encoder = new Encoder();
    for (CredentialReply before : replies) {
      for (CredentialReply now : replies) {
        for (CredentialRequest request : List.of(PLAIN, EXPIRY, TYPED)) {
          encoder.encode(before, PLAIN);
          assertThat(encoder.encode(now, request)).isEqualTo(now.encode(request));
        }
      }
    }
  }

  @Test
  void keepsTheBytesOfTheLastCredential() {
    Encoder encoder = new Encoder();
    byte[] bytes = encoder.encode(credential("ann", "token", 5), PLAIN);
    assertThat(encoder.encode(credential("ann", "token", 5), PLAIN)).isSameAs(bytes);
  }

  private static Credential credential(String user, String token, long expires) {
    return new Credential(user, Secret.of(token), OptionalLong.of(expires));
  }

  private static CredentialRequest request(List<String> options) {
    return new CredentialRequest("SMTP", options, "ann@example.com");
  }
}
