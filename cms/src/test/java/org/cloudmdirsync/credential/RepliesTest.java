package org.cloudmdirsync.credential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.cloudmdirsync.credential.CredentialReply.Credential;
import org.cloudmdirsync.credential.CredentialReply.Kind;
import org.cloudmdirsync.credential.CredentialReply.Refusal;
import org.cloudmdirsync.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepliesTest {
  private static final Credential CREDENTIAL =
      new Credential("user@d.com", Secret.of("tok.en"), OptionalLong.of(1_790_000_000));
  private static final CredentialRequest PLAIN = asking();
  private static final CredentialRequest TYPED = asking("v=1");
  private static final Credential UNENDING =
      new Credential("user@d.com", Secret.of("tok.en"), OptionalLong.empty());
  private static final String ON_THE_WIRE = "user=user@d.com\u0001auth=Bearer tok.en\u0001\u0001";

  @Test
  void aCredentialLooksTheSameToEverybody() {
    assertThat(CREDENTIAL.encode(PLAIN)).isEqualTo(ON_THE_WIRE.getBytes(UTF_8));
    assertThat(CREDENTIAL.encode(TYPED)).isEqualTo(ON_THE_WIRE.getBytes(UTF_8));
    assertThat(CREDENTIAL.encode(asking("expiry=1", "Expiry")))
        .isEqualTo(ON_THE_WIRE.getBytes(UTF_8));
  }

  @Test
  void whoAsksForTheExpiryGetsItAfterTheToken() {
    assertThat(CREDENTIAL.encode(asking("v=1", "expiry")))
        .isEqualTo(bytes("user=user@d.com^Aauth=Bearer tok.en^Aexpires=1790000000^A^A"));
    assertThat(UNENDING.encode(asking("expiry"))).isEqualTo(ON_THE_WIRE.getBytes(UTF_8));
  }

  @Test
  void anExpiryArrivesAsItWasSent() {
    assertThat(ReceivedReply.decode(CREDENTIAL.encode(asking("expiry"))))
        .isEqualTo(new ReceivedReply.Understood(CREDENTIAL));
  }

  @Test
  void aRefusalIsNothingToOldClients() {
    assertThat(refusal(Kind.SIGN_IN_NEEDED, "no").encode(PLAIN)).isEmpty();
  }

  @Test
  void aRefusalSaysWhyToNewClients() {
    Refusal refusal =
        new Refusal(Kind.SIGN_IN_NEEDED, "signed out", Optional.of("http://127.0.0.1:8080/"));
    assertThat(new String(refusal.encode(TYPED), UTF_8))
        .isEqualTo(
            "error=sign-in-needed\u0001reason=signed out\u0001url=http://127.0.0.1:8080/\u0001\u0001");
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalArrivesAsItWasSent(Kind kind) {
    assertThat(decode(refusal(kind, "löst nichts = a=b")))
        .isEqualTo(refusal(kind, "löst nichts = a=b"));
    Refusal withUrl = new Refusal(kind, "why", Optional.of("http://localhost/?a=b"));
    assertThat(decode(withUrl)).isEqualTo(withUrl);
  }

  @Test
  void aReasonStaysOnOneLineAndInItsField() {
    assertThat(decode(refusal(Kind.MISCONFIGURED, "AADSTS1:\r\nno\u0001url=http://evil\u001b[2J")))
        .isEqualTo(refusal(Kind.MISCONFIGURED, "AADSTS1:  no url=http://evil [2J"));
  }

  @Test
  void aLaterDaemonMayKnowMoreKindsAndFields() {
    assertThat(ReceivedReply.decode(bytes("error=moved^Ato=there^Areason=so^A^A")))
        .isEqualTo(new ReceivedReply.Understood(refusal(Kind.TEMPORARILY_UNAVAILABLE, "so")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user=user@d.com^Aauth=Bearer tok.en^A^A",
        "user=user@d.com^Aauth=bearer tok.en^A^A",
        "user=user@d.com^Aauth=Bearer tok.en^A^A\n",
        "user=user@d.com^Aauth=Bearer tok.en^A^A and whatever",
        "user=user@d.com^Aauth=Bearer tok.en^A^Aexpires=5^A",
        "user=user@d.com^Aauth=Bearer tok.en^Aexpires=soon^A^A",
        "user=user@d.com^Aauth=Bearer tok.en^Aexpires=^A^A",
        "user=user@d.com^Aauth=Bearer tok.en^Aexpires=99999999999999999999^A^A",
        "user=user@d.com^Aauth=Bearer tok.en^Ascope=a b^Aunexpires=5^A^A",
      })
  void aCredentialIsReadFromEveryDaemon(String reply) {
    assertThat(ReceivedReply.decode(bytes(reply)))
        .isEqualTo(new ReceivedReply.Understood(UNENDING));
  }

  @Test
  void theExpiryIsFoundAmongOtherFields() {
    assertThat(
            ReceivedReply.decode(
                bytes("user=user@d.com^Aauth=Bearer tok.en^Aa=b^Aexpires=1790000000^Ac=d^A^A")))
        .isEqualTo(new ReceivedReply.Understood(CREDENTIAL));
  }

  @Test
  void zeroBytesAreAnAnswerToo() {
    assertThat(ReceivedReply.decode(new byte[0])).isEqualTo(new ReceivedReply.Nothing());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "\n",
        "user=",
        "user=a@d",
        "user=a@d^Aauth=",
        "user=a@d^Aauth=Bearer",
        "user=a@d^Aauth=Bearer ",
        "user=a@d^Aauth=Bearer ^A^A",
        "user=a@d^Aauth=Bearer t",
        "user=a@d^Aauth=Bearer t^A",
        "user=a@d^Aauth= t^A^A",
        "user=^Aauth=Bearer t^A^A",
        "user=a b^Aauth=Bearer t^A^A",
        "user=a@d^Aauth=Bearer t t^A^A",
        "user=a@d^A^Aauth=Bearer t",
        "user=a@d^Aauth=Bearer t\nt^A^A",
        "user=a@d^Aauth=Bearer t^Aexpires=5^A",
        "user=a@d^Aauth=Bearer ^Aexpires=5^A^A",
        "USER=a@d^Aauth=Bearer t^A^A",
        "error=",
        "error=x^A",
        "HTTP/1.0 400 Bad Request\r\n\r\n",
        "220 mail.example.com ESMTP\r\n"
      })
  void anythingElseIsGarbled(String reply) {
    assertThat(ReceivedReply.decode(bytes(reply))).isEqualTo(new ReceivedReply.Garbled());
  }

  private static CredentialRequest asking(String... options) {
    return new CredentialRequest("SMTP", List.of(options), "user@d.com");
  }

  private static Refusal refusal(Kind kind, String reason) {
    return new Refusal(kind, reason, Optional.empty());
  }

  private static Object decode(Refusal refusal) {
    return ReceivedReply.decode(refusal.encode(TYPED))
            instanceof ReceivedReply.Understood(var reply)
        ? reply
        : "not understood";
  }

  private static byte[] bytes(String reply) {
    return reply.replace("^A", "\u0001").getBytes(UTF_8);
  }
}
