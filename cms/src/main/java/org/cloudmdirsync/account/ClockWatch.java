package org.cloudmdirsync.account;

import java.time.Duration;

/** Notices that the machine slept, or that somebody set the clock. */
final class ClockWatch {
  /** More than a time server corrects at once, less than a token's margin. */
  private static final Duration JUMP = Duration.ofSeconds(5);

  private Moment last;

  ClockWatch(Moment start) {
    this.last = start;
  }

  /** Whether the wall clock went its own way since the last call. */
  boolean jumped(Moment now) {
    Duration jump = now.jumpSince(last).abs();
    last = now;
    return jump.compareTo(JUMP) > 0;
  }
}
