package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cloudmdirsync.simulator.ReceivedMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of other programs' users, and what docs/migrating.md makes of them, in the real msmtp. */
class MigratingIT {
  private static final String PAGE = "docs/migrating.md";

  @TempDir Path directory;

  /** Both lines that are ours, and one that stays because our script has the other's name. */
  @ParameterizedTest
  @ValueSource(strings = {"passwordeval cms-oauth", "passwordeval pizauth show user@domain.com"})
  void sendsByTheNewLine(String line) throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      Run run = msmtp(scene, line(line));
      assertThat(run.status()).as(run.said()).isZero();
      assertThat(scene.cloud.mails()).extracting(ReceivedMail::user).containsExactly(Scene.USER);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pizauth show office365", "oama access"})
  void theOldLineGetsNothing(String line) throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      assertThat(msmtp(scene, line(line)).status()).isEqualTo(78);
    }
  }

  @Test
  void checksAConfigurationBeforeAnythingChanges() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      String original = Documents.block(PAGE, "Office365(").text();
      Files.writeString(scene.broker.configuration(), original);
      Run run = run(scene, Documents.block(PAGE, "cloud-mdir-sync check").text());
      assertThat(run.status()).as(run.said()).isZero();
      Files.writeString(scene.broker.configuration(), "import os\n" + original);
      run = run(scene, Documents.block(PAGE, "cloud-mdir-sync check").text());
      assertThat(run.status()).as(run.said()).isNotZero();
      assertThat(run.said()).contains("cms.cfg:1:1").contains("import");
    }
  }

  private static String line(String part) {
    return Documents.blocks(PAGE).stream()
        .map(Block::text)
        .filter(text -> text.contains(part))
        .findFirst()
        .orElse(part + "\n");
  }

  /** msmtp's example with its line replaced; our pizauth is on the path. */
  private Run msmtp(Scene scene, String line) throws Exception {
    String settings =
        scene
            .example("msmtprc")
            .replaceAll("(?m)^passwordeval .*@example.com .*\\n", line)
            .replace("user@domain.com", Scene.USER)
            .replace("/run/user/1000/cms.sock", scene.broker.socket().toString());
    Path file = Files.writeString(directory.resolve("msmtprc"), settings);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Programs.installed("msmtp");
    return run(scene, "echo hello | msmtp --file=msmtprc -f " + Scene.USER + " bob@example.net");
  }

  private Run run(Scene scene, String command) throws Exception {
    Map<String, String> environment = new HashMap<>(scene.broker.environment());
    String ours = Programs.directory() + ":" + Documents.path("examples");
    environment.put("PATH", ours + ":" + System.getenv("PATH"));
    environment.put("CMS_SOCK", scene.broker.socket().toString());
    String there = "cd " + directory + "\n";
    return Run.of(environment, "", List.of("sh", "-c", there + command));
  }
}
