package org.cloudmdirsync.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.List;
import org.junit.jupiter.api.Test;

class QrCodeTest {
  private static final int QUIET = 4;

  @Test
  void aCameraReadsWhatIsDrawn() throws Exception {
    String address = "https://microsoft.com/devicelogin?otc=ABCD-EFGH&x=" + "y".repeat(100);
    List<String> lines = QrCode.draw(address).replaceAll("\u001b\\[[0-9;]*m", "").lines().toList();
    int size = lines.getFirst().length() - 2 * QUIET;
    BitMatrix seen = new BitMatrix(size);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        char block = lines.get((y + QUIET) / 2).charAt(x + QUIET);
        if (block == '█' || block == (y % 2 == 0 ? '▀' : '▄')) {
          seen.set(x, y);
        }
      }
    }
    assertThat(new Decoder().decode(seen).getText()).isEqualTo(address);
    assertThat(lines.getFirst()).isBlank();
    assertThat(lines.get(1)).isBlank();
  }

  @Test
  void whatDoesNotFitIsLeftOut() {
    assertThat(QrCode.draw("x".repeat(5000))).isEmpty();
  }
}
