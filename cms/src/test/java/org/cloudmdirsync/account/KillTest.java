package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.cloudmdirsync.provider.Provider.TokenPer;
import org.cloudmdirsync.secret.StoredSecret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 at every step of a rotation: as the request arrives, after the server has rotated but not
 * answered, and at random moments from its answer on. Afterwards the store must hold a refresh
 * token the server takes, and at least the one that came with the last token served.
 */
@Timeout(240)
final class KillTest {
  @TempDir Path temporary;

  @Test
  void aUsableRefreshTokenIsLeftWhereverTheBlowFalls() throws Exception {
    try (World world = new World(temporary.resolve("cms"), TokenPer.ACCOUNT)) {
      world.signedInBefore();
      killOnArrival(world);
      killBeforeTheAnswer(world);
      Random random = new Random(7);
      for (int round = 0; round < 12; round++) {
        killAfter(world, Duration.ofNanos(random.nextLong(12_000_000)));
      }
      assertUsable(world);
    }
  }

  private static void killOnArrival(World world) throws Exception {
    world.server.arrived = new CountDownLatch(1);
    world.server.gate = new CountDownLatch(1);
    Process daemon = start(world);
    world.server.arrived.await();
    kill(daemon);
    world.server.gate.countDown();
    assertUsable(world);
  }

  private static void killBeforeTheAnswer(World world) throws Exception {
    CountDownLatch rotated = new CountDownLatch(1);
    CountDownLatch killed = new CountDownLatch(1);
    world.server.beforeAnswer =
        () -> {
          rotated.countDown();
          killed.await();
        };
    Process daemon = start(world);
    rotated.await();
    kill(daemon);
    killed.countDown();
    world.server.beforeAnswer = () -> {};
    assertUsable(world);
  }

  /** The first token served is the starting gun; then somewhere within the next rotations. */
  private static void killAfter(World world, Duration pause) throws Exception {
    int before = number(world.storedRefreshToken());
    Process daemon = start(world);
    int served = 1;
    try (BufferedReader lines = daemon.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("served");
      LockSupport.parkNanos(pause.toNanos());
      kill(daemon);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        served++;
      }
    }
    assertThat(number(world.storedRefreshToken()))
        .as("nothing is served before its refresh token is stored")
        .isGreaterThanOrEqualTo(before + served);
    assertUsable(world);
  }

  private static int number(String refreshToken) {
    return Integer.parseInt(refreshToken.substring("refresh-token-".length()));
  }

  private static void assertUsable(World world) throws IOException {
    assertThat(world.server.accepts(world.storedRefreshToken()))
        .as("the server takes %s", world.storedRefreshToken())
        .isTrue();
    try (StoredSecret stored = world.stored()) {
      assertThat(stored.current()).isPresent();
    }
  }

  private static Process start(World world) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            RotatingDaemon.class.getName(),
            world.state.toString(),
            world.server.uri("/token").toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void kill(Process daemon) throws InterruptedException {
    // By its handle: the process's own method would close the pipe we still want to read.
    daemon.toHandle().destroyForcibly();
    daemon.waitFor();
  }
}
