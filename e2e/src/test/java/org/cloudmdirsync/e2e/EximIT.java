package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.cloudmdirsync.simulator.ReceivedMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real exim4, delivering under its own user, with the authenticator of the specification, which
 * reads the socket itself. Two accounts on one server: the envelope sender chooses.
 */
class EximIT {
  private static final String BOTH =
      """
      ann = Office365_Account(user="ann@example.com", authority="{cloud}")
      ben = Office365_Account(user="ben@example.org", authority="{cloud}")
      CredentialServer("{socket}", accounts=[ann, ben], umask=0o666)
      cfg.web_url = "{web}"
      cfg.state_dir = "{state}"
      """;

  private static final String EXIM =
      """
      primary_hostname = client.example.com
      spool_directory = SPOOL
      log_file_path = SPOOL/log/%slog
      tls_verify_certificates = CA
      keep_environment =
      acl_not_smtp = accept

      begin routers
      smarthost:
        driver = manualroute
        transport = submission
        route_list = * localhost
        self = send

      begin transports
      submission:
        driver = smtp
        port = PORT
        hosts_require_tls = *
        hosts_require_auth = *
        tls_verify_certificates = CA
        tls_verify_hosts = *

      begin retry
      * * F,1h,1s

      begin authenticators
      xoauth2_smart:
        driver = plaintext
        client_condition = ${if !eq{$tls_out_cipher}{}}
        public_name = XOAUTH2
        client_ignore_invalid_base64 = true
        client_send = : ${readsocket{SOCKET}{SMTP $sender_address}}
      """;

  @TempDir Path directory;

  @Test
  void sendsAsTheEnvelopeSenderSays() throws Exception {
    try (Scene scene = bothSignedIn()) {
      for (String sender : List.of("ben@example.org", "ann@example.com")) {
        Run run = exim(scene, List.of("-f", sender, "-odf", "-oi", "bob@example.net"));
        assertThat(run.status()).as(run.said()).isZero();
      }
      assertThat(scene.cloud.mails())
          .as(log())
          .extracting(ReceivedMail::user)
          .containsExactly("ben@example.org", "ann@example.com");
    }
  }

  @Test
  void keepsTheMailWhileTheBrokerIsAway() throws Exception {
    try (Scene scene = bothSignedIn()) {
      scene.broker.stop();
      exim(scene, List.of("-f", "ann@example.com", "-odf", "-oi", "bob@example.net"));
      assertThat(scene.cloud.mails()).isEmpty();
      assertThat(log()).contains("defer").doesNotContain("Frozen");
      scene.broker.start();
      exim(scene, List.of("-qff"));
      assertThat(scene.cloud.mails()).as(log()).hasSize(1);
    }
  }

  @Test
  void keepsTheMailWhenTheTokenIsRefused() throws Exception {
    try (Scene scene = bothSignedIn()) {
      scene.cloud.expireAccessTokens();
      exim(scene, List.of("-f", "ann@example.com", "-odf", "-oi", "bob@example.net"));
      assertThat(scene.cloud.mails()).isEmpty();
      assertThat(log()).contains("535").contains("defer").doesNotContain("Frozen");
    }
  }

  private Scene bothSignedIn() throws Exception {
    letEximIn();
    Scene scene = Scene.set(directory, BOTH);
    Files.copy(scene.cloud.caFile(), authority());
    Files.setPosixFilePermissions(authority(), PosixFilePermissions.fromString("rw-r--r--"));
    scene.broker.start().signIn("ann@example.com").signIn("ben@example.org");
    return scene;
  }

  /** The socket lies below this directory, and exim delivers as Debian-exim. */
  private void letEximIn() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path spool = Files.createDirectory(directory.resolve("spool"));
    Files.setOwner(
        spool,
        spool.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("Debian-exim"));
  }

  private Path authority() {
    return directory.resolve("authority.pem");
  }

  private Run exim(Scene scene, List<String> arguments) throws IOException, InterruptedException {
    Path configuration = directory.resolve("exim4.conf");
    Files.writeString(configuration, filledIn(scene));
    List<String> command =
        new ArrayList<>(List.of(Programs.installed("exim4"), "-C", configuration.toString()));
    command.addAll(arguments);
    return Run.of(scene.broker.environment(), "Subject: by exim\n\nhello\n", command);
  }

  private String filledIn(Scene scene) {
    return EXIM.replace("SPOOL", directory.resolve("spool").toString())
        .replace("CA", authority().toString())
        .replace("PORT", Integer.toString(scene.submissionPort()))
        .replace("SOCKET", scene.broker.socket().toString());
  }

  private String log() throws IOException {
    return Files.readString(directory.resolve("spool/log/mainlog"));
  }
}
