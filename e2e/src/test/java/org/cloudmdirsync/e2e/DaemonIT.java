package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.cloudmdirsync.simulator.HttpFault;
import org.cloudmdirsync.simulator.Switch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon's own life: start, stop, restart, and what stands in its way. */
class DaemonIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path directory;

  @Test
  void restartsWithoutASignIn() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      String before = scene.broker.token(Scene.USER);
      assertThat(scene.broker.stop()).isZero();
      assertThat(scene.broker.socket()).doesNotExist();
      scene.broker.start();
      assertThat(scene.broker.token(Scene.USER)).isNotEqualTo(before);
      assertThat(scene.cloud.counters().get("sign-ins")).isEqualTo(1);
    }
  }

  @Test
  void losesNothingWhenKilled() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      scene.broker.kill();
      assertThat(scene.broker.socket()).as("a stale socket").exists();
      scene.broker.start();
      assertThat(scene.broker.token(Scene.USER)).isNotBlank();
      assertThat(scene.cloud.counters().get("sign-ins")).isEqualTo(1);
    }
  }

  @Test
  void asksForASignInAndSaysWhere() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      scene.broker.start();
      Run run = scene.broker.client("--user=" + Scene.USER, "--output=token");
      assertThat(run.status()).as(run.said()).isEqualTo(77);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains(scene.broker.webUrl().toString()).hasLineCount(1);
      assertThat(scene.broker.log()).contains("sign-in needed");
    }
  }

  @Test
  void isServedByOneDaemonOnly() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      Run second = daemon(scene, scene.broker.configuration());
      assertThat(second.status()).as(second.said()).isEqualTo(75);
      assertThat(second.err()).contains(scene.broker.socket().toString());
      assertThat(scene.broker.token(Scene.USER)).isNotBlank();
    }
  }

  @Test
  void servesTokensThoughThePortOfItsPageIsTaken() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      scene.broker.stop();
      int port = scene.broker.webUrl().getPort();
      try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        assertThat(other.isBound()).isTrue();
        scene.broker.startUntil("cannot listen on 127.0.0.1:" + port);
        assertThat(scene.broker.token(Scene.USER)).isNotBlank();
      }
      scene.broker.awaitLog("sign-in page at");
    }
  }

  @Test
  void saysOnceThatTheClockIsWrong() throws Exception {
    try (Scene scene = Scene.set(directory, Broker.generic(Scene.USER))) {
      scene.cloud.switches().set(Switch.TOKEN_LIFE, 2);
      scene.broker.start().signIn(Scene.USER);
      String later =
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              Instant.now().plusSeconds(630).atOffset(ZoneOffset.UTC));
      scene
          .cloud
          .httpFaults()
          .always("token", new HttpFault.Answer(503, Map.of("Date", later), ""));
      int asked = scene.cloud.counters().get("token.refresh_token");
      assertThat(scene.cloud.counters().await("token.refresh_token", asked + 3, PATIENCE)).isTrue();
      assertThat(scene.broker.log())
          .containsOnlyOnce("warning: this machine's clock is 10 min behind that of localhost");
    }
  }

  @Test
  void namesTheLineOfAMistake() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      Path mistaken = directory.resolve("mistaken.cfg");
      Files.writeString(mistaken, "a = Office365_Account(usr=\"ann@example.com\")\n");
      Run run = daemon(scene, mistaken);
      assertThat(run.status()).as(run.said()).isEqualTo(78);
      assertThat(run.err()).contains("mistaken.cfg:1:").contains("did you mean \"user\"?");
      Run missing = daemon(scene, directory.resolve("none.cfg"));
      assertThat(missing.status()).as(missing.said()).isEqualTo(78);
      assertThat(missing.err()).contains("none.cfg");
    }
  }

  private static Run daemon(Scene scene, Path configuration) throws Exception {
    return Run.of(
        scene.broker.environment(),
        "",
        List.of(Programs.built("cloud-mdir-sync"), "-c", configuration.toString()));
  }
}
