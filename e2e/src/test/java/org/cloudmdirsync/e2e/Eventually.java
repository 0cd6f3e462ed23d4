package org.cloudmdirsync.e2e;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what another process does. */
final class Eventually {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Eventually() {}

  /**
   * Returns as soon as the condition holds; fails the test when it does not within the patience.
   */
  static void holds(String what, Duration patience, Callable<Boolean> condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!holds(condition)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + patience + ": " + what);
      }
      Thread.sleep(PAUSE);
    }
  }

  private static boolean holds(Callable<Boolean> condition) {
    try {
      return condition.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
