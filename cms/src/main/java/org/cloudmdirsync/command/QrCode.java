package org.cloudmdirsync.command;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.io.Console;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A QR code for a telephone's camera, drawn in a terminal: two rows of it on each line. */
final class QrCode {
  /** Around it; the standard wants four modules of light. */
  private static final int QUIET = 4;

  /** Black on white, whatever the terminal's colours are: not every camera reads the inverse. */
  private static final String COLOURS = "\u001b[30;107m";

  private static final String USUAL = "\u001b[0m";

  private QrCode() {}

  /** Whether somebody looks at a terminal that can show it. */
  static boolean fits() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
        && System.out.charset().equals(StandardCharsets.UTF_8);
  }

  /** Several lines, each with its end; nothing if the text is too long. */
  static String draw(String text) {
    try {
      return draw(Encoder.encode(text, ErrorCorrectionLevel.L).getMatrix());
    } catch (WriterException tooLong) {
      return "";
    }
  }

  private static String draw(ByteMatrix code) {
    StringBuilder lines = new StringBuilder();
    for (int y = -QUIET; y < code.getHeight() + QUIET; y += 2) {
      lines.append(COLOURS);
      for (int x = -QUIET; x < code.getWidth() + QUIET; x++) {
        lines.append(block(isDark(code, x, y), isDark(code, x, y + 1)));
      }
      lines.append(USUAL).append('\n');
    }
    return lines.toString();
  }

  private static char block(boolean above, boolean below) {
    if (above) {
      return below ? '█' : '▀';
    }
    return below ? '▄' : ' ';
  }

  private static boolean isDark(ByteMatrix code, int x, int y) {
    return x >= 0 && y >= 0 && x < code.getWidth() && y < code.getHeight() && code.get(x, y) == 1;
  }
}
