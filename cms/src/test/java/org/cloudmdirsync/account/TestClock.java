package org.cloudmdirsync.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Both clocks of a machine in the test's hands, and the true time beside them. */
final class TestClock {
  private static final Instant START = Instant.parse("2026-05-04T10:00:00Z");

  private volatile Instant truth = START;
  private volatile Duration clockError = Duration.ZERO;
  private volatile Duration asleep = Duration.ZERO;

  /** What a machine with a right clock would show: the server's time. */
  InstantSource truth() {
    return () -> truth;
  }

  Clocks clocks() {
    return new Clocks(() -> truth.plus(clockError), this::uptime);
  }

  Duration elapsed() {
    return Duration.between(START, truth);
  }

  void advance(Duration duration) {
    truth = truth.plus(duration);
  }

  void suspend(Duration duration) {
    truth = truth.plus(duration);
    asleep = asleep.plus(duration);
  }

  void setWallClock(Duration by) {
    clockError = clockError.plus(by);
  }

  private long uptime() {
    return elapsed().minus(asleep).plusDays(1).toNanos();
  }
}
