package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sign-in leaves one store and comes to another, and its refresh token is seen by nobody else.
 */
class ImportIT {
  @TempDir Path directory;

  @Test
  void takesOverASignInFromEachProgram() throws Exception {
    try (Scene scene = signedIn()) {
      for (String form :
          List.of(
              "%s",
              "{\"email\": \"ann@example.com\", \"refresh_token\": \"%s\"}",
              "{\"client_id\": \"cms\", \"refresh_token\": \"%s\", \"expiry\": \"0\"}",
              "[Account setup]\n[ann@example.com]\nclient_id = cms\nrefresh_token = %s\n")) {
        String token = exported(scene);
        forget(scene.broker.state());
        Run run = command(scene, form.formatted(token), "import", Scene.USER);
        assertThat(run.status()).as(run.said()).isZero();
        assertThat(run.said())
            .contains("stored the refresh token of", "no daemon runs")
            .doesNotContain(token);
        serveOnce(scene);
      }
      assertThat(scene.cloud.counters().get("sign-ins")).isEqualTo(1);
    }
  }

  @Test
  void worksBesideARunningDaemon() throws Exception {
    try (Scene scene = signedIn()) {
      scene.broker.start();
      String token = exported(scene);
      Path file = Files.writeString(directory.resolve("token"), token);
      Run run = command(scene, "", "import", Scene.USER, "--from", file.toString());
      assertThat(run.status()).as(run.said()).isZero();
      assertThat(RawClient.token(scene.broker.socket(), Scene.USER)).isNotEmpty();
    }
  }

  @Test
  void isTriedAtOnceByARunningDaemon() throws Exception {
    try (Scene scene = signedIn()) {
      String token = exported(scene);
      forget(scene.broker.state());
      scene.broker.start();
      assertThat(RawClient.token(scene.broker.socket(), Scene.USER)).isEmpty();
      Run bad = command(scene, "seeded-and-unknown", "import", Scene.USER);
      assertThat(bad.status()).as(bad.said()).isEqualTo(77);
      assertThat(bad.said()).doesNotContain("it is good", "seeded");
      Run good = command(scene, token, "import", Scene.USER);
      assertThat(good.status()).as(good.said()).isZero();
      assertThat(good.said()).contains("it is good: the daemon has a token until ");
      assertThat(RawClient.token(scene.broker.socket(), Scene.USER)).isNotEmpty();
    }
  }

  @Test
  void refusesWhatCannotBeRight() throws Exception {
    try (Scene scene = signedIn()) {
      String before = exported(scene);
      for (String wrong :
          List.of(
              "{\"email\": \"bob@example.com\", \"refresh_token\": \"seeded-token\"}",
              "{\"client_id\": \"another\", \"refresh_token\": \"seeded-token\"}",
              "seeded token of several words",
              "")) {
        Run run = command(scene, wrong, "import", Scene.USER);
        assertThat(run.status()).as(run.said()).isEqualTo(65);
        assertThat(run.said())
            .contains("cannot take the token from the standard input: ")
            .doesNotContain("seeded");
      }
      assertThat(command(scene, "seeded-token", "import", "bob@example.com").status())
          .isEqualTo(67);
      assertThat(exported(scene)).isEqualTo(before);
    }
  }

  @Test
  void asksBeforeATokenIsPrinted() throws Exception {
    try (Scene scene = signedIn()) {
      String token = exported(scene);
      Run nobody = detached(scene, "export", Scene.USER);
      assertThat(nobody.status()).isEqualTo(77);
      assertThat(nobody.out()).isEmpty();
      assertThat(nobody.err()).contains("not exported").doesNotContain(token);
      Run no = answered(scene, "n");
      assertThat(no.status()).as(no.said()).isEqualTo(77);
      assertThat(no.out()).doesNotContain(token);
      Run yes = answered(scene, "y");
      assertThat(yes.status()).as(yes.said()).isZero();
      assertThat(yes.out()).contains(token);
    }
  }

  private static Run answered(Scene scene, String answer) throws Exception {
    Terminal terminal =
        Terminal.open(scene.broker.environment(), line(scene, "export", Scene.USER));
    terminal.await("Print the refresh token of .* \\[y/N]").type(answer + "\n");
    return terminal.leave("");
  }

  /** Signed in once; no daemon runs. */
  private Scene signedIn() throws Exception {
    Scene scene = Scene.set(directory, Broker.generic(Scene.USER));
    scene.broker.start().signIn(Scene.USER);
    scene.broker.stop();
    return scene;
  }

  private static void serveOnce(Scene scene) throws Exception {
    scene.broker.start();
    assertThat(RawClient.token(scene.broker.socket(), Scene.USER))
        .as(scene.broker.log())
        .isNotEmpty();
    scene.broker.stop();
  }

  private static String exported(Scene scene) throws Exception {
    Run run = command(scene, "", "export", Scene.USER, "--yes");
    assertThat(run.status()).as(run.said()).isZero();
    return run.out().strip();
  }

  private static void forget(Path state) throws IOException {
    try (Stream<Path> files = Files.list(state)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Without a terminal, wherever the tests have one. */
  private static Run detached(Scene scene, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(Programs.installed("setsid"), "--wait"));
    command.addAll(line(scene, arguments));
    return Run.of(scene.broker.environment(), "", command);
  }

  private static Run command(Scene scene, String input, String... arguments) throws Exception {
    return Run.of(scene.broker.environment(), input, line(scene, arguments));
  }

  private static List<String> line(Scene scene, String... arguments) {
    List<String> command = new ArrayList<>(List.of(Programs.built("cloud-mdir-sync")));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-c", scene.broker.configuration().toString()));
    return command;
  }
}
