package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.cloudmdirsync.simulator.Options;
import org.cloudmdirsync.simulator.Simulator;
import org.cloudmdirsync.simulator.Switch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real git asks {@code git-credential-cms}, and tells it what became of the token. */
class GitCredentialIT {
  private static final String REFRESHES = "refreshes";

  @TempDir Path directory;

  @Test
  void fillsInTheToken() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      Git git = Git.in(scene);
      assertThat(password(git, scene)).isEqualTo(scene.broker.token(Scene.USER));
      assertThat(git.run(described(scene, ""), "credential", "fill").out())
          .contains("\nusername=" + Scene.USER + "\n");
    }
  }

  /** git 2.40 and newer ask for another one after that; Debian 12's passes over it. */
  @Test
  void tellsWhenTheTokenEnds() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      String socket = "--cms_sock=" + scene.broker.socket();
      Run run =
          Run.of(
              scene.broker.environment(),
              described(scene, ""),
              List.of(Programs.built("git-credential-cms"), socket, "get"));
      assertThat(run.status()).as(run.said()).isZero();
      String last = run.out().lines().toList().getLast();
      assertThat(last).startsWith("password_expiry_utc=");
      assertThat(Instant.ofEpochSecond(Long.parseLong(last.substring(last.indexOf('=') + 1))))
          .isCloseTo(Instant.now().plus(Duration.ofHours(1)), within(2, ChronoUnit.MINUTES));
    }
  }

  @Test
  void approvingChangesNothing() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      Git git = Git.in(scene);
      String token = password(git, scene);
      tell(git, scene, "approve", token);
      assertThat(password(git, scene)).isEqualTo(token);
      assertThat(scene.cloud.counters().get(REFRESHES)).isZero();
    }
  }

  @Test
  void rejectingTheCurrentTokenBringsAnotherAndAnOldOneDoesNothing() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      Git git = Git.in(scene);
      String refused = password(git, scene);
      tell(git, scene, "reject", refused);
      String fresh = password(git, scene);
      assertThat(fresh).isNotEqualTo(refused);
      assertThat(scene.cloud.counters().get(REFRESHES)).isEqualTo(1);
      assertThat(scene.broker.log())
          .contains(Scene.USER + ": a mail server refused the token; getting another one")
          .doesNotContain(refused.substring(refused.length() - 16));

      tell(git, scene, "reject", refused);
      assertThat(password(git, scene)).as("an old one is no news").isEqualTo(fresh);
      tell(git, scene, "reject", fresh);
      assertThat(password(git, scene)).as("a second within 30 s").isEqualTo(fresh);
      assertThat(scene.cloud.counters().get(REFRESHES)).isEqualTo(1);
    }
  }

  @Test
  void withoutADaemonGitStopsAndSaysWhy() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      Run run = Git.in(scene).run(described(scene, ""), "credential", "fill");
      assertThat(run.status()).as(run.said()).isEqualTo(128);
      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .contains("git-credential-cms: no daemon answers on " + scene.broker.socket())
          .contains("start cloud-mdir-sync")
          .contains("told us to quit");
    }
  }

  @Test
  void gitStopsAndSaysWhereToSignIn() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      scene.broker.start();
      Run run = Git.in(scene).run(described(scene, ""), "credential", "fill");
      assertThat(run.status()).as(run.said()).isEqualTo(128);
      assertThat(run.err())
          .contains("no token for " + Scene.USER)
          .contains("sign in at " + scene.broker.webUrl())
          .contains("told us to quit");
    }
  }

  @Test
  void aLongTokenFits() throws Exception {
    Simulator cloud = Simulator.open(Options.standard());
    cloud.switches().set(Switch.TOKEN_SIZE, 4096);
    try (Scene scene = Scene.set(directory, Broker.microsoft(Scene.USER), cloud)) {
      scene.broker.start().signIn(Scene.USER);
      assertThat(password(Git.in(scene), scene)).hasSize(4096);
    }
  }

  @Test
  void whatIsNotOursIsLeftToOthers() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      Git git = Git.in(scene);
      String stranger = described(scene, "").replace(Scene.USER, "eve@example.com");
      Run run = git.run(stranger, "credential", "fill");
      assertThat(run.status()).as(run.said()).isEqualTo(128);
      assertThat(run.err()).contains("terminal prompts disabled").doesNotContain("cms");
    }
  }

  private static String password(Git git, Scene scene) throws Exception {
    Run run = git.run(described(scene, ""), "credential", "fill");
    assertThat(run.status()).as(run.said() + scene.broker.log()).isZero();
    return run.out()
        .lines()
        .filter(line -> line.startsWith("password="))
        .map(line -> line.substring("password=".length()))
        .findFirst()
        .orElseThrow();
  }

  private static void tell(Git git, Scene scene, String word, String token) throws Exception {
    Run run = git.run(described(scene, "password=" + token + "\n"), "credential", word);
    assertThat(run).isEqualTo(new Run(0, "", ""));
  }

  /** As git send-email describes it. */
  private static String described(Scene scene, String more) {
    return "protocol=smtp\nhost=localhost:%d\nusername=%s\n%s\n"
        .formatted(scene.submissionPort(), Scene.USER, more);
  }
}
