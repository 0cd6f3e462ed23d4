package org.cloudmdirsync.http;

import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A moment by which something must be done, on the clock that never steps.
 *
 * @param nanos on {@link System#nanoTime}
 */
record Deadline(long nanos) {
  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /**
   * At least one, since zero would mean "for ever" to a socket.
   *
   * @throws SocketTimeoutException when it has passed
   */
  int millisLeft() throws SocketTimeoutException {
    long left = nanos - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) Math.min(left / 1_000_000 + 1, Integer.MAX_VALUE);
  }
}
