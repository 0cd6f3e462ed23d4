package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real msmtp takes its token from {@code cms-oauth} and sends. */
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
      Run run = msmtp(scene, tokenCommand(scene));
      assertThat(run.status()).as(run.said()).isZero();
      assertThat(scene.cloud.mails()).hasSize(1);
      assertThat(scene.cloud.mails().getFirst().user()).isEqualTo(Scene.USER);
      assertThat(scene.cloud.mails().getFirst().content()).contains("\r\n. a dot begins this line");
    }
  }

  @Test
  void failsWithAWrongToken() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      Run run = msmtp(scene, "echo not-a-token");
      assertThat(run.status()).as(run.said()).isEqualTo(77);
      assertThat(scene.cloud.mails()).isEmpty();
    }
  }

  @Test
  void failsWithoutABrokerAndSaysSo() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      Run run = msmtp(scene, tokenCommand(scene));
      assertThat(run.status()).as(run.said()).isNotZero();
      assertThat(run.err()).contains("cms-oauth: ").contains("cloud-mdir-sync");
    }
  }

  private static String tokenCommand(Scene scene) {
    return "%s --cms_sock=%s --proto=SMTP --user=%s --output=token"
        .formatted(Programs.built("cms-oauth"), scene.broker.socket(), Scene.USER);
  }

  private static Run msmtp(Scene scene, String tokenCommand)
      throws IOException, InterruptedException {
    Path configuration = scene.broker.configuration().resolveSibling("msmtprc");
    Files.createFile(
        configuration,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        configuration,
        """
        defaults
        auth xoauth2
        tls on
        tls_starttls on
        tls_trust_file %s
        account default
        host localhost
        port %d
        from %s
        user %s
        passwordeval "%s"
        """
            .formatted(
                scene.cloud.caFile(),
                scene.submissionPort(),
                Scene.USER,
                Scene.USER,
                tokenCommand));
    return Run.of(
        scene.broker.environment(),
        MAIL,
        List.of(
            Programs.installed("msmtp"),
            "--file=" + configuration,
            "-f",
            Scene.USER,
            "bob@example.net"));
  }
}
