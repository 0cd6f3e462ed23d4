package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cloudmdirsync.simulator.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token for each protocol, tried on the server of the other one. */
class NarrowTokenIT {
  private static final int LOGIN_DENIED = 67; // curl(1)

  @TempDir Path directory;

  @Test
  void aTokenToReadWithCannotSend() throws Exception {
    try (Scene scene =
        Scene.set(
            directory,
            """
            account = OAuth2_Account(user="%s", issuer="{cloud}/generic", client_id="cms",
                                     sign_in_scopes=["openid", "email"],
                                     scopes={"SMTP": ["smtp"], "IMAP": ["imap"]},
                                     token_per_protocol=True)
            CredentialServer("{socket}", accounts=[account], protocols=["SMTP", "IMAP"])
            cfg.web_url = "{web}"
            cfg.state_dir = "{state}"
            """
                .formatted(Scene.USER))) {
      scene.broker.start().signIn(Scene.USER);
      assertThat(sendsWith(scene, token(scene, "SMTP"))).isNotEqualTo(LOGIN_DENIED);
      assertThat(sendsWith(scene, token(scene, "IMAP"))).isEqualTo(LOGIN_DENIED);
    }
  }

  private static String token(Scene scene, String protocol) throws Exception {
    Run run = scene.broker.client("--user=" + Scene.USER, "--proto=" + protocol, "--output=token");
    assertThat(run.status()).as(run.said()).isZero();
    return run.out().strip();
  }

  /** What curl says of logging in at the submission server. */
  private static int sendsWith(Scene scene, String token) throws Exception {
    return Run.of(
            Map.of(),
            "url = smtp://localhost:%d\nuser = %s:\noauth2-bearer = %s\n"
                .formatted(scene.cloud.port(Service.GENERIC_SUBMISSION), Scene.USER, token),
            List.of(
                "curl",
                "-s",
                "--config",
                "-",
                "--ssl-reqd",
                "--cacert",
                scene.cloud.caFile().toString()))
        .status();
  }
}
