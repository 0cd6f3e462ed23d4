package org.cloudmdirsync.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarCopyTest {
  private static final String ENCODER = "com.google.zxing.qrcode.encoder.Encoder";
  private static final String LEVEL = "com.google.zxing.qrcode.decoder.ErrorCorrectionLevel";

  @TempDir Path directory;

  @Test
  void whatIsLeftOfZxingDrawsTheSameCode() throws Exception {
    Path whole =
        Path.of(Class.forName(ENCODER).getProtectionDomain().getCodeSource().getLocation().toURI());
    Path copy = directory.resolve("copy.jar");
    JarCopy.forQrCodes(whole, copy);

    assertThat(Files.size(copy)).isLessThan(Files.size(whole) / 3);
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {copy.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      assertThat(drawn(loader)).isEqualTo(drawn(getClass().getClassLoader()));
    }
  }

  private static String drawn(ClassLoader loader) throws ReflectiveOperationException {
    Class<?> level = loader.loadClass(LEVEL);
    return loader
        .loadClass(ENCODER)
        .getMethod("encode", String.class, level)
        .invoke(
            null, "https://example.com/device?user_code=ABCD-EFGH", level.getField("M").get(null))
        .toString();
  }
}
