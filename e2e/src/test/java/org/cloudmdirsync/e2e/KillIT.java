package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.cloudmdirsync.simulator.HttpFault;
import org.cloudmdirsync.simulator.Switch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at a bad moment, again and again: the next daemon has a token, and nobody signs in.
 *
 * <p>A provider that detects reuse leaves one moment in which nothing can help: it has replaced the
 * refresh token and its answer is still on the way. So there the daemon is killed before that, and
 * from the instant on at which anybody can see the new access token: by then the refresh token that
 * came with it must be on the disk. A provider that keeps the old one lets us kill at any moment.
 */
class KillIT {
  private static final int ROUNDS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path directory;
  private final long seed = System.nanoTime();
  private final SplittableRandom random = new SplittableRandom(seed);

  @Test
  void hasStoredTheRefreshTokenOfWhatItServes() throws Exception {
    try (Scene scene = signedIn()) {
      for (int round = 0; round < ROUNDS; round++) {
        assertServesWithoutASignIn(scene, round);
        Thread.sleep(random.nextInt(20));
        scene.broker.kill();
        scene.broker.start();
      }
      assertServesWithoutASignIn(scene, ROUNDS);
      assertThat(scene.cloud.counters().get("refreshes")).as("rotations").isEqualTo(ROUNDS);
    }
  }

  @Test
  void losesNothingWhileARequestIsUnderWay() throws Exception {
    try (Scene scene = signedIn()) {
      for (int round = 0; round < ROUNDS / 2; round++) {
        scene.broker.kill();
        scene.cloud.httpFaults().always("token", new HttpFault.Hang());
        startAndAwait(scene, "token.refresh_token");
        Thread.sleep(random.nextInt(100));
        scene.broker.kill();
        scene.cloud.httpFaults().clear();
        scene.broker.start();
        assertServesWithoutASignIn(scene, round);
      }
    }
  }

  @Test
  void losesNothingAtAnyMomentWhereOldRefreshTokensGoOnWorking() throws Exception {
    try (Scene scene = signedIn()) {
      scene.cloud.switches().set(Switch.ROTATION, "keep-old");
      for (int round = 0; round < ROUNDS; round++) {
        scene.broker.kill();
        startAndAwait(scene, "refreshes");
        // The provider is about to answer: on the way, being read, written, renamed, served.
        Thread.sleep(Duration.ofNanos(random.nextInt(20_000_000)));
      }
      scene.broker.kill();
      scene.broker.start();
      assertServesWithoutASignIn(scene, ROUNDS);
    }
  }

  private Scene signedIn() throws Exception {
    Scene scene = Scene.set(directory, Broker.generic(Scene.USER));
    scene.broker.start().signIn(Scene.USER);
    return scene;
  }

  private static void startAndAwait(Scene scene, String counter) throws Exception {
    int before = scene.cloud.counters().get(counter);
    scene.broker.start();
    assertThat(scene.cloud.counters().await(counter, before + 1, PATIENCE)).as(counter).isTrue();
  }

  private void assertServesWithoutASignIn(Scene scene, int round) throws Exception {
    String token = served(scene);
    String told = "round %d of seed %d: %s".formatted(round, seed, scene.broker.log());
    assertThat(token).as(told).isNotEmpty();
    assertThat(scene.cloud.counters().get("sign-ins")).as(told).isEqualTo(1);
    assertThat(scene.cloud.counters().get("reuses")).as(told).isZero();
  }

  private static String served(Scene scene) throws Exception {
    return RawClient.token(scene.broker.socket(), Scene.USER);
  }
}
