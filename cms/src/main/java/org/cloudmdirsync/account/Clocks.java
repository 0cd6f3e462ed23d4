package org.cloudmdirsync.account;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two clocks a {@link Moment} is read from.
 *
 * @param wall the system's idea of UTC
 * @param nanos {@link System#nanoTime}: never steps, and on Linux stands still during suspend
 */
record Clocks(InstantSource wall, LongSupplier nanos) {

  Moment now() {
    return new Moment(wall.instant(), Duration.ofNanos(nanos.getAsLong()));
  }
}
