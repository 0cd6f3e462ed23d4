package org.cloudmdirsync.e2e;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.cloudmdirsync.simulator.HttpFault;
import org.cloudmdirsync.simulator.Options;
import org.cloudmdirsync.simulator.Simulator;
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
  void stopsCleanlyWhileItStillStarts() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      Files.createDirectory(
          scene.broker.state(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path held = scene.broker.state().resolve("key.lock");
      try (FileChannel lock = FileChannel.open(held, CREATE, WRITE)) {
        assertThat(lock.lock().isValid()).isTrue();
        scene.broker.startUntil("");
        Eventually.holds("it waits for the lock", PATIENCE, () -> hasOpen(scene, held));
        scene.broker.process().destroy();
        scene.broker.awaitLog("stopping");
      }
      assertThat(scene.broker.stop()).isZero();
      assertThat(scene.broker.log()).endsWith("stopped\n");
      assertThat(scene.broker.socket()).doesNotExist();
    }
  }

  private static boolean hasOpen(Scene scene, Path file) throws IOException {
    Path open = Path.of("/proc", Long.toString(scene.broker.process().pid()), "fd");
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(open)) {
      for (Path descriptor : descriptors) {
        if (Files.isSymbolicLink(descriptor)
            && Files.readSymbolicLink(descriptor).equals(file.toRealPath())) {
          return true;
        }
      }
    } catch (NoSuchFileException closedMeanwhile) {
      // Look again.
    }
    return false;
  }

  @Test
  void storesARotationUnderWayHoweverOftenItIsToldToStop() throws Exception {
    try (Scene scene = Scene.set(directory, Broker.generic(Scene.USER))) {
      scene.cloud.switches().set(Switch.TOKEN_LIFE, 2);
      scene.broker.start().signIn(Scene.USER);
      scene.cloud.httpFaults().always("token", new HttpFault.Drip(10));
      int refreshes = scene.cloud.counters().get("refreshes");
      assertThat(scene.cloud.counters().await("refreshes", refreshes + 1, PATIENCE)).isTrue();
      scene.broker.process().destroy();
      scene.broker.awaitLog("stopping");
      assertThat(scene.broker.stop()).as("the second signal").isZero();
      scene.cloud.httpFaults().clear();
      scene.broker.start();
      assertThat(scene.broker.token(Scene.USER)).isNotBlank();
      assertThat(scene.cloud.counters().get("reuses")).isZero();
      assertThat(scene.cloud.counters().get("sign-ins")).isEqualTo(1);
    }
  }

  @Test
  void saysOnceThatTheClockIsWrongAndServesOn() throws Exception {
    InstantSource ahead = () -> Instant.now().plusSeconds(630);
    Simulator cloud = Simulator.open(Options.standard().with(ahead));
    try (Scene scene = Scene.set(directory, Broker.generic(Scene.USER), cloud)) {
      cloud.switches().set(Switch.TOKEN_LIFE, 2);
      scene.broker.start().signIn(Scene.USER);
      int refreshes = cloud.counters().get("refreshes");
      assertThat(cloud.counters().await("refreshes", refreshes + 3, PATIENCE)).isTrue();
      assertThat(scene.broker.token(Scene.USER)).isNotBlank();
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
