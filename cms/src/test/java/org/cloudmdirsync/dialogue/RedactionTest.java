package org.cloudmdirsync.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** A server may write on at once, before the piece or after it. */
  @ParameterizedTest
  @CsvSource({
    "535 bad token {}...,            535 bad token <redacted>...",
    "535 bad token {}.,              535 bad token <redacted>.",
    "535 token={} is unknown,        535 token=<redacted> is unknown",
    "535 user=ann/token={}/x-y,      535 user=ann/token=<redacted>/x-y",
    "535 {}…{},                      535 <redacted>…<redacted>",
  })
  void piecesGoWhateverIsAroundThem(String said, String shown) {
    String[] cuts = {TOKEN, TOKEN.substring(0, 12), TOKEN.substring(0, 30), TOKEN.substring(9, 44)};
    for (String cut : cuts) {
      assertThat(redaction.apply(said.replace("{}", cut))).isEqualTo(shown);
    }
  }

  /** Two pieces that overlap are a secret twice cut, and no letter of it is left between them. */
  @Test
  void piecesThatOverlapGoAsOne() {
    Redaction two = Redaction.of("abcdefghijklmnop", "mnopqrstuvwxyz0123");
    assertThat(two.apply("=abcdefghijklmnopqrstuvwxyz0123=")).isEqualTo("=<redacted>=");
    assertThat(two.apply("=abcdefghijklmno=mnopqrstuvw=")).isEqualTo("=<redacted>=mnopqrstuvw=");
  }

  /** The longest line that a server may send, against the longest tokens there are. */
  @Test
  @Timeout(10)
  void longLinesTakeNoTime() {
    Redaction endless = Redaction.of("ab".repeat(8_000) + "c", "ba".repeat(8_000) + "d");
    for (int times = 0; times < 100; times++) {
      assertThat(endless.apply("ab".repeat(4_000))).isEqualTo("<redacted>");
      assertThat(endless.apply("abx".repeat(2_700))).hasSize(8_100);
    }
  }

  @Test
  void otherWordsStay() {
    String line = "535 5.7.3 Authentication unsuccessful [AM0PR01CA0123.outlook.office365.com] $1";
    assertThat(redaction.apply(line)).isEqualTo(line);
    assertThat(Redaction.none().apply(TOKEN)).isEqualTo(TOKEN);
  }
}
