package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.cloudmdirsync.simulator.HttpFault;
import org.cloudmdirsync.simulator.Switch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real msmtp with the example's configuration; only its places differ. AsDeliveredIT has it as
 * it is.
 */
class MsmtpIT {
  private static final String MAIL =
      """
      From: Ann <ann@example.com>
      To: bob@example.net
      Subject: by msmtp

      . a dot begins this line
      """;

  @TempDir Path directory;

  @Test
  void sendsAMail() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      Run run = cmsMsmtp(scene);
      assertThat(run.status()).as(run.said()).isZero();
      assertThat(scene.cloud.mails()).hasSize(1);
      assertThat(scene.cloud.mails().getFirst().user()).isEqualTo(Scene.USER);
      assertThat(scene.cloud.mails().getFirst().content()).contains("\r\n. a dot begins this line");
    }
  }

  @Test
  void failsForGoodWhenTheTokenIsRefused() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      scene.cloud.expireAccessTokens();
      Run run = cmsMsmtp(scene);
      assertThat(run.status()).as(run.said()).isEqualTo(77);
      assertThat(run.err()).contains("535 5.7.3");
      assertThat(scene.cloud.mails()).isEmpty();
    }
  }

  @Test
  void saysThatATokenIsTooLong() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      scene.cloud.switches().set(Switch.TOKEN_SIZE, 3035);
      scene.broker.start().signIn(Scene.USER);
      Run run = cmsMsmtp(scene);
      assertThat(run.status()).as(run.said()).isEqualTo(65);
      assertThat(run.err()).contains("longer than 4094 characters");
    }
  }

  @Test
  void asksToTryLaterWithoutABroker() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      assertTriesLater(scene, "start cloud-mdir-sync");
    }
  }

  @Test
  void asksToTryLaterUntilSomebodySignsIn() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      scene.broker.start();
      assertTriesLater(scene, scene.broker.webUrl().toString());
    }
  }

  @Test
  void asksToTryLaterWhileTheProviderIsAway() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      scene.broker.stop();
      scene.cloud.httpFaults().always("token", HttpFault.unavailable());
      scene.broker.start();
      assertTriesLater(scene, "503");
    }
  }

  /** The status is our script's; msmtp alone says 78, which is why there is one. */
  private void assertTriesLater(Scene scene, String cause)
      throws IOException, InterruptedException {
    Run plain = run(scene, Programs.installed("msmtp"));
    assertThat(plain.status()).as(plain.said()).isEqualTo(78);
    Run run = cmsMsmtp(scene);
    assertThat(run.status()).as(run.said()).isEqualTo(75);
    assertThat(run.err()).contains("cms-oauth: ").contains(cause).isEqualTo(plain.err());
  }

  private Run cmsMsmtp(Scene scene) throws IOException, InterruptedException {
    Programs.installed("msmtp");
    return run(scene, Documents.path("examples/cms-msmtp").toString());
  }

  private Run run(Scene scene, String program) throws IOException, InterruptedException {
    Path configuration = directory.resolve("msmtprc");
    Files.writeString(configuration, filledIn(scene));
    Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-------"));
    return Run.of(
        scene.broker.environment(),
        MAIL,
        List.of(program, "--file=" + configuration, "-f", Scene.USER, "bob@example.net"));
  }

  private static String filledIn(Scene scene) {
    return Documents.example("msmtprc")
        .replace(
            "port 587",
            "port %d\ntls_trust_file %s".formatted(scene.submissionPort(), scene.cloud.caFile()))
        .replace("smtp.office365.com", "localhost")
        .replace("user@domain.com", Scene.USER)
        .replace("/run/user/1000/cms.sock", scene.broker.socket().toString())
        .replace("cms-oauth", Programs.built("cms-oauth"));
  }
}
