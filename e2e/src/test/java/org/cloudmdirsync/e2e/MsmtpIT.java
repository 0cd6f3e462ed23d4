package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.cloudmdirsync.simulator.HttpFault;
import org.cloudmdirsync.simulator.MailFault;
import org.cloudmdirsync.simulator.Switch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void asksToTryLaterWhenTheTokenIsRefused() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      scene.cloud.expireAccessTokens();
      assertTriesLater(scene, 77, "535 5.7.3");
    }
  }

  @Test
  void asksToTryLaterWhenTheTokenIsTooLong() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      scene.cloud.switches().set(Switch.TOKEN_SIZE, 3035);
      scene.broker.start().signIn(Scene.USER);
      assertTriesLater(scene, 65, "longer than 4094 characters");
    }
  }

  @Test
  void asksToTryLaterWhileACertificateIsBad() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      scene.cloud.switches().set(Switch.CERTIFICATE_MAIL, "expired");
      assertTriesLater(scene, 69, "expired certificate");
    }
  }

  @ParameterizedTest
  @CsvSource({"smtp.rcpt, 550 5.1.1 who, 65", "smtp.content, 554 5.2.252 SendAsDenied, 69"})
  void givesAMailBackThatTheServerRefuses(String place, String reply, int status) throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      scene.cloud.mailFaults().next(place, new MailFault.Reply(reply));
      Run run = cmsMsmtp(scene);
      assertThat(run.status()).as(run.said()).isEqualTo(status);
      assertThat(run.err()).contains(reply);
    }
  }

  @Test
  void asksToTryLaterWhenTheServerDoes() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      scene.cloud.mailFaults().always("smtp.rcpt", new MailFault.Reply("451 4.3.0 later"));
      assertTriesLater(scene, 69, "451 4.3.0 later");
    }
  }

  @Test
  void asksToTryLaterWithoutABroker() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      assertTriesLater(scene, 78, "cms-oauth: no daemon answers");
    }
  }

  @Test
  void asksToTryLaterUntilSomebodySignsIn() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      scene.broker.start();
      assertTriesLater(scene, 78, scene.broker.webUrl().toString());
    }
  }

  @Test
  void asksToTryLaterWhileTheProviderIsAway() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      scene.broker.stop();
      scene.cloud.httpFaults().always("token", HttpFault.unavailable());
      scene.broker.start();
      assertTriesLater(scene, 78, "503");
    }
  }

  /** msmtp alone has a status for each cause with which a queue would give the mail back. */
  private void assertTriesLater(Scene scene, int plainly, String cause)
      throws IOException, InterruptedException {
    Run plain = run(scene, Programs.installed("msmtp"));
    assertThat(plain.status()).as(plain.said()).isEqualTo(plainly);
    Run run = cmsMsmtp(scene);
    assertThat(run.status()).as(run.said()).isEqualTo(75);
    assertThat(run.err()).contains(cause).isEqualTo(plain.err());
    assertThat(scene.cloud.mails()).isEmpty();
  }

  private Run cmsMsmtp(Scene scene) throws IOException, InterruptedException {
    Programs.installed("msmtp");
    return run(scene, Documents.path("examples/cms-msmtp").toString());
  }

  private Run run(Scene scene, String program) throws IOException, InterruptedException {
    Path configuration = directory.resolve("msmtprc");
    Files.writeString(
        configuration, scene.example("msmtprc").replace("cms-oauth", Programs.built("cms-oauth")));
    Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-------"));
    return Run.of(
        scene.broker.environment(),
        MAIL,
        List.of(program, "--file=" + configuration, "-f", Scene.USER, "bob@example.net"));
  }
}
