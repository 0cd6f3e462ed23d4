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
    Run run =
        Run.of(
            Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + directory),
            "",
            List.of(Programs.built("cloud-mdir-sync"), "demo"));
    assertThat(run.status()).as(run.said()).isZero();
    assertThat(run.out())
        .contains("reply: retcode (235); Msg: b'2.7.0 Authentication successful'")
        .contains("arrived for [bob@example.net] from ann@example.com")
        .contains("a fresh one is there")
        .contains("Office365_Account(user=\"you@your-company.com\")");
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }
}
