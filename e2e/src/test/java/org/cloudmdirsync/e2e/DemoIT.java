package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README command 1. */
class DemoIT {
  @TempDir Path directory;

  @Test
  void showsTheWholeWayAndLeavesNothingBehind() throws Exception {
    Run run = demo(Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + directory));
    assertThat(run.out())
        .contains("reply: retcode (235); Msg: b'2.7.0 Authentication successful'")
        .contains("arrived for [bob@example.net] from ann@example.com")
        .contains("a fresh one is there")
        .contains("Office365_Account(user=\"you@your-company.com\")");
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  /** A desktop has an open keyring, and its bus where every program looks for it. */
  @Test
  void leavesTheUsersKeyringAlone() throws Exception {
    Keyring keyring = new Keyring(directory.resolve("session"));
    try {
      keyring.startBus().startUnlocked();
      demo(Map.of("XDG_RUNTIME_DIR", directory.resolve("session").toString()));
      assertThat(keyring.items("cloud-mdir-sync"))
          .contains("array [")
          .doesNotContain("object path");
    } finally {
      keyring.stop();
    }
  }

  private static Run demo(Map<String, String> environment) throws Exception {
    Run run = Run.of(environment, "", List.of(Programs.built("cloud-mdir-sync"), "demo"));
    assertThat(run.status()).as(run.said()).isZero();
    return run;
  }
}
