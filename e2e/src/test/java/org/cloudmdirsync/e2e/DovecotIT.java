package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A mail server that is nobody's fake: the real Dovecot takes our tokens, and refuses dead ones.
 */
class DovecotIT {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"XOAUTH2", "OAUTHBEARER"})
  void takesAFreshTokenAndRefusesADeadOne(String mechanism) throws Exception {
    // Its processes, as users of their own, must get to their files.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path servers = Files.createDirectory(directory.resolve("dovecot"));
    try (Scene scene = Scene.signedIn(directory);
        Relay relay = new Relay();
        Dovecot dovecot =
            Dovecot.start(scene.cloud, servers, mechanism.toLowerCase(Locale.ROOT), relay.port())) {
      Run imap = trial(scene, dovecot, "--test-imap=" + dovecot.imaps());
      assertThat(imap.status()).as(imap.said() + dovecot.log()).isZero();
      assertThat(imap.err()).contains("AUTHENTICATE " + mechanism);
      Run smtp = trial(scene, dovecot, "--test-smtp=" + dovecot.submission());
      assertThat(smtp.status()).as(smtp.said() + dovecot.log()).isZero();
      assertThat(smtp.err()).contains("AUTH " + mechanism).contains("retcode (235)");

      scene.cloud.expireAccessTokens();
      imap = trial(scene, dovecot, "--test-imap=" + dovecot.imaps());
      assertThat(imap.status()).as(imap.said() + dovecot.log()).isEqualTo(77);
      smtp = trial(scene, dovecot, "--test-smtp=" + dovecot.submission());
      assertThat(smtp.status()).as(smtp.said() + dovecot.log()).isEqualTo(77);
    }
  }

  private static Run trial(Scene scene, Dovecot dovecot, String test) throws Exception {
    return Run.of(
        dovecot.trusted(scene.broker.environment()),
        "",
        List.of(
            Programs.built("cms-oauth"),
            "--cms_sock=" + scene.broker.socket(),
            "--user=" + Scene.USER,
            test));
  }
}
