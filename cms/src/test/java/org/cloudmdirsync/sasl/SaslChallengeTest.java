package org.cloudmdirsync.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaslChallengeTest {
  @Test
  void gmailsOwnBytes() {
    assertThat(
            SaslChallenge.parse(
                "eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xl"
                    + "LmNvbS8ifQ=="))
        .contains(
            new SaslChallenge("400", Optional.of("https://mail.google.com/"), Optional.empty()));
  }

  @Test
  void theRfcsMembers() {
    assertThat(
            parse(
                """
                { "status" : "invalid_token", "scope":"mail \\u0041\\n",
                  "openid-configuration": "https:\\/\\/op.example\\/c", "n": 12, "t": true }
                """))
        .contains(
            new SaslChallenge(
                "invalid_token", Optional.of("mail A "), Optional.of("https://op.example/c")));
  }

  @Test
  void aStatusMayBeANumber() {
    assertThat(parse("{\"status\":401}"))
        .contains(new SaslChallenge("401", Optional.empty(), Optional.empty()));
  }

  @Test
  void wordsCannotDriveTheTerminal() {
    assertThat(parse("{\"status\":\"\\u001b[2J\\u009b\"}").orElseThrow().status())
        .isEqualTo(" [2J ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{",
        "{\"",
        "{\"status",
        "{\"status\"",
        "{\"status\":",
        "{\"status\":\"x",
        "{\"status\":\"x\"",
        "{\"status\":\"x\",",
        "{\"status\":\"x\"} more",
        "{\"status\":{\"a\":\"b\"}}",
        "{\"status\":[]}",
        "{\"status\":\"\\q\"}",
        "{\"status\":\"\\u12g4\"}",
        "{status:\"x\"}",
        "{\"status\":,}",
        "{\"scope\":\"x\"}"
      })
  void anythingElseIsNoChallenge(String json) {
    assertThat(parse(json)).isEmpty();
  }

  @Test
  void notBase64IsNoChallenge() {
    assertThat(SaslChallenge.parse("{\"status\":\"400\"}")).isEmpty();
  }

  private static Optional<SaslChallenge> parse(String json) {
    return SaslChallenge.parse(Base64.getEncoder().encodeToString(json.getBytes(UTF_8)));
  }
}
