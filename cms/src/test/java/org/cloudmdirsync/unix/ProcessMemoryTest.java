package org.cloudmdirsync.unix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In a JVM of its own, which stays hidden. */
@Timeout(60)
class ProcessMemoryTest {

  @Test
  void isHidden() throws IOException, InterruptedException {
    Process hidden =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Hidden.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(new String(hidden.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo("before 1\nafter 0\n");
    assertThat(hidden.waitFor()).isZero();
  }

  /** Says what the kernel thinks of it. */
  static final class Hidden {
    private static final int PR_GET_DUMPABLE = 3;

    private Hidden() {}

    public static void main(String[] arguments) throws IOException {
      System.out.println("before " + Native.prctl(PR_GET_DUMPABLE, 0));
      ProcessMemory.hide();
      System.out.println("after " + Native.prctl(PR_GET_DUMPABLE, 0));
    }
  }
}
