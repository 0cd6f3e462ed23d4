package org.cloudmdirsync.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireFormTest {
  @ParameterizedTest
  @CsvSource({
    "'',          '.|'",
    "a,           'a|.|'",
    "'a\n',       'a|.|'",
    "'a|',        'a|.|'",
    "'.',         '..|.|'",
    "'.a\n.\n',   '..a|..|.|'",
    "'a\n\n.b',   'a||..b|.|'",
    "'a\r',       'a|.|'",
    "'a\r.\rb',   'a|..|b|.|'",
    "'a\r\r\nb',  'a||b|.|'",
    "'a.b\n',     'a.b|.|'",
  })
  void messagesTakeTheFormOfTheWire(String message, String wire) {
    assertThat(form(message.replace("|", "\r\n"))).isEqualTo(wire.replace("|", "\r\n"));
  }

  /** Whatever the message: the end comes once, at the end, and no CR or LF stands alone. */
  @Test
  void aMessageCannotEndItself() {
    Random random = new Random(20261123);
    for (int round = 0; round < 50_000; round++) {
      StringBuilder message = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        message.append(".\r\na".charAt(random.nextInt(4)));
      }
      String wire = form(message.toString());
      assertThat("\r\n" + wire).endsWith("\r\n.\r\n");
      assertThat(("\r\n" + wire).indexOf("\r\n.\r\n")).isEqualTo(wire.length() - 3);
      assertThat(wire.replace("\r\n", "")).doesNotContain("\r", "\n");
    }
  }

  private static String form(String message) {
    return new String(WireForm.of(message.getBytes(ISO_8859_1)), ISO_8859_1);
  }
}
