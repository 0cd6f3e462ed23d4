package org.cloudmdirsync.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedactionTest {
  private static final String TOKEN = "eyJ0eXAiOiJKV1QifQ.c29tZXRoaW5n.c2lnbmVkIGJ5IG1l";
  private final Redaction redaction = Redaction.of(TOKEN, "dXNlcj1hbm5AZXhhbXBsZS5jb20B+/=");

  @Test
  void wholeSecretsGo() {
    assertThat(redaction.apply("500 what is " + TOKEN + "?")).isEqualTo("500 what is <redacted>?");
    assertThat(redaction.apply("x=dXNlcj1hbm5AZXhhbXBsZS5jb20B+/=")).isEqualTo("x=<redacted>");
  }

  @Test
  void piecesGo() {
    for (int from = 0; from + 12 <= TOKEN.length(); from++) {
      String piece = TOKEN.substring(from, from + 12);
      assertThat(redaction.apply("500 '" + piece + "'")).isEqualTo("500 '<redacted>'");
    }
  }

  @Test
  void otherWordsStay() {
    String line = "535 5.7.3 Authentication unsuccessful [AM0PR01CA0123.outlook.office365.com] $1";
    assertThat(redaction.apply(line)).isEqualTo(line);
    assertThat(Redaction.none().apply(TOKEN)).isEqualTo(TOKEN);
  }
}
