package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a service manager hears of the daemon, and gives it. */
class SystemdIT {
  private static final String LISTENER =
      """
      import socket, sys
      heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      heard.bind(sys.argv[1])
      print("listening", flush=True)
      while True:
          for line in heard.recv(4096).decode().splitlines():
              print(line, flush=True)
      """;

  private static final String ACTIVATION =
      """
      import os, socket, sys
      listener = socket.socket(socket.AF_UNIX)
      listener.bind(sys.argv[1])
      os.chmod(sys.argv[1], 0o640)
      listener.listen()
      os.dup2(listener.fileno(), 0)
      os.execv(sys.argv[2], sys.argv[2:])
      """;

  @TempDir Path directory;

  @Test
  @Timeout(
      value = 120,
      unit = TimeUnit.SECONDS,
      threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a read does not end when interrupted
  void hearsHowTheDaemonIs() throws Exception {
    Path socket = directory.resolve("notify");
    Process listener =
        new ProcessBuilder(Programs.installed("python3"), "-c", LISTENER, socket.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (Scene scene = Scene.set(directory);
        BufferedReader heard = listener.inputReader()) {
      assertThat(heard.readLine()).isEqualTo("listening");
      scene.broker.setEnvironment("NOTIFY_SOCKET", socket.toString());
      scene.broker.setEnvironment("WATCHDOG_USEC", "500000");
      scene.broker.start();
      until(heard, "READY=1");
      until(heard, "STATUS=0 of 1 accounts ready; ann@example.com: sign in needed");
      until(heard, "WATCHDOG=1");
      scene.broker.signIn(Scene.USER);
      until(heard, "STATUS=1 of 1 accounts ready");
      scene.broker.signal("HUP");
      until(heard, "RELOADING=1");
      assertThat(heard.readLine()).startsWith("MONOTONIC_USEC=");
      until(heard, "READY=1");
      scene.broker.stop();
      until(heard, "STOPPING=1");
    } finally {
      listener.destroyForcibly();
    }
  }

  private static List<String> until(BufferedReader heard, String line) throws IOException {
    List<String> before = new ArrayList<>();
    for (String said = heard.readLine(); !line.equals(said); said = heard.readLine()) {
      assertThat(said).as("the end, in place of " + line + "; before it: " + before).isNotNull();
      before.add(said);
    }
    return before;
  }

  @Test
  void givesTheDaemonASocketThatOutlivesIt() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      Path socket = scene.broker.socket();
      scene.broker.startThrough(
          "sign-in page at", Programs.installed("python3"), "-c", ACTIVATION, socket.toString());
      scene.broker.signIn(Scene.USER);
      assertThat(scene.broker.token(Scene.USER)).isNotBlank();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-r-----");
      assertThat(scene.broker.stop()).isZero();
      assertThat(socket).exists();
    }
  }
}
