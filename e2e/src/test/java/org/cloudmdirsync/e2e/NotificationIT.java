package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon in a desktop's session. */
class NotificationIT {
  private static final Path DESKTOP =
      Path.of("../cms/src/test/resources/org/cloudmdirsync/event/notifications.py");

  @TempDir Path directory;

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void theDesktopShowsThatSomebodyMustSignInUntilTheyHave() throws Exception {
    Assumptions.assumeTrue(
        Files.exists(Path.of("/usr/lib/python3/dist-packages/dbus"))
            && Files.exists(Path.of("/usr/lib/python3/dist-packages/gi")),
        "python3-dbus or python3-gi is not installed: ./check install");
    Process bus =
        new ProcessBuilder(
                Programs.installed("dbus-daemon"),
                "--session",
                "--nofork",
                "--print-address",
                "--address=unix:path=" + directory.resolve("session"))
            .start();
    String address = bus.inputReader().readLine();
    ProcessBuilder builder =
        new ProcessBuilder(List.of(Programs.installed("python3"), DESKTOP.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("DBUS_SESSION_BUS_ADDRESS", address);
    Process desktop = builder.start();
    try (Scene scene = Scene.set(directory);
        BufferedReader shown = desktop.inputReader()) {
      assertThat(shown.readLine()).isEqualTo("ready");
      scene.broker.setEnvironment("DBUS_SESSION_BUS_ADDRESS", address);
      scene.broker.start();
      assertThat(shown.readLine())
          .startsWith("notify 1 cloud-mdir-sync: Sign in to " + Scene.USER)
          .contains(scene.broker.webUrl().toString());
      scene.broker.signIn(Scene.USER);
      assertThat(shown.readLine()).isEqualTo("close 1");
    } finally {
      desktop.destroyForcibly();
      bus.destroyForcibly();
    }
  }
}
