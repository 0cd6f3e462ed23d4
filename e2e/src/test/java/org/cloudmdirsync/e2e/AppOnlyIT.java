package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cloudmdirsync.simulator.Client;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account to which nobody signs in, from its line in cms.cfg to the mail server's welcome. */
final class AppOnlyIT {
  private static final String CONFIGURATION =
      """
      account = Office365_Account(user="%s", authority="{cloud}", tenant="contoso.example",
                                  client_id="app", client_secret="hush", app_only=True)
      CredentialServer("{socket}", accounts=[account])
      cfg.web_url = "{web}"
      cfg.state_dir = "{state}"
      """
          .formatted(Scene.USER);

  @TempDir Path directory;

  @Test
  void isReadyWithoutAPerson() throws Exception {
    try (Scene scene = Scene.set(directory, CONFIGURATION)) {
      scene
          .cloud
          .directory()
          .register(new Client("app", Client.Kind.WEB, List.of(), Optional.of("hush")));
      scene.broker.startUntil("token obtained");
      Run run =
          scene.broker.client(
              "--user=" + Scene.USER, "--test-smtp=localhost:" + scene.submissionPort());

      assertThat(run.out() + run.err()).contains("235");
      assertThat(run.status()).isZero();
      assertThat(scene.broker.log()).doesNotContain("sign-in needed").doesNotContain("hush");
      assertThat(directory.resolve("state")).isDirectoryNotContaining("glob:**.credential");
    }
  }

  @Test
  void saysThatItsSecretIsWrong() throws Exception {
    try (Scene scene = Scene.set(directory, CONFIGURATION)) {
      scene
          .cloud
          .directory()
          .register(new Client("app", Client.Kind.WEB, List.of(), Optional.of("another")));
      scene.broker.startUntil("AADSTS7000215");

      assertThat(scene.broker.log()).contains("client_secret is wrong").doesNotContain("hush");
      assertThat(scene.broker.client("--user=" + Scene.USER).status()).isEqualTo(78);
    }
  }
}
