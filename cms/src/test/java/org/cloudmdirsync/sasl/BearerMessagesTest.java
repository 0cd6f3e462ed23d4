package org.cloudmdirsync.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.cloudmdirsync.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerMessagesTest {
  private static final String USER = "ann@example.com";
  private static final Secret TOKEN = Secret.of("tok.en-1");

  @Test
  void xoauth2IsTheProvidersExample() {
    assertThat(base64(Xoauth2.message(USER, TOKEN)))
        .isEqualTo("dXNlcj1hbm5AZXhhbXBsZS5jb20BYXV0aD1CZWFyZXIgdG9rLmVuLTEBAQ==");
  }

  @Test
  void oauthBearerNamesTheServer() {
    assertThat(base64(OauthBearer.message(USER, "smtp.gmail.com", 587, TOKEN)))
        .isEqualTo(
            "bixhPWFubkBleGFtcGxlLmNvbSwBaG9zdD1zbXRwLmdtYWlsLmNvbQFwb3J0PTU4NwFhdXRoPUJlYXJlciB0"
                + "b2suZW4tMQEB");
  }

  @Test
  void oauthBearerMayLeaveTheServerOut() {
    assertThat(OauthBearer.message(USER, TOKEN).expose())
        .isEqualTo("n,a=ann@example.com,\u0001auth=Bearer tok.en-1\u0001\u0001");
  }

  @Test
  void oauthBearerEscapesTheUsersCommaAndEqualsSign() {
    assertThat(OauthBearer.message("a=b,c@d", TOKEN).expose()).startsWith("n,a=a=3Db=2Cc@d,\u0001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"to ken", "to\u0001ken", "to\nken", "to\u007fken"})
  void aTokenThatWouldEndItsFieldIsNotSent(String token) {
    assertThatThrownBy(() -> Xoauth2.message(USER, Secret.of(token)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(token);
    assertThatThrownBy(() -> OauthBearer.message(USER, Secret.of(token)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aUserThatWouldEndItsFieldIsNotSent() {
    assertThatThrownBy(() -> Xoauth2.message("a\u0001auth=x@d", TOKEN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theLongestMessageMakesTheLongestLineEximCanSend() {
    Secret longest = Secret.of("t".repeat(3049 - USER.length()));
    Secret tooLong = Secret.of("t".repeat(3050 - USER.length()));

    assertThat(Xoauth2.fits(USER, longest)).isTrue();
    assertThat(base64(Xoauth2.message(USER, longest)).length()).isLessThanOrEqualTo(4094);
    assertThat(Xoauth2.fits(USER, tooLong)).isFalse();
    assertThat(base64(Xoauth2.message(USER, tooLong)).length()).isGreaterThan(4094);
  }

  @Test
  void aUserCountsInBytes() {
    String user = "ü@d";
    assertThat(Xoauth2.fits(user, Secret.of("t".repeat(3045)))).isTrue();
    assertThat(Xoauth2.fits(user, Secret.of("t".repeat(3046)))).isFalse();
  }

  @Test
  void theErrorResponseIsOneSeparator() {
    assertThat(Base64.getDecoder().decode(OauthBearer.ERROR_RESPONSE)).containsExactly(1);
  }

  private static String base64(Secret message) {
    return Base64.getEncoder().encodeToString(message.expose().getBytes(UTF_8));
  }
}
