package org.cloudmdirsync.account;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BinaryOperator;

/**
 * A point in time on both clocks: the wall's, which may step and runs on while the machine sleeps,
 * and the process's, which never steps but stands still then.
 *
 * <p>A deadline counts as passed as soon as either clock says so. After a suspend or a step forward
 * the wall clock does, after a step back the other one; so a token is never believed for too long,
 * at the price of a refresh too many.
 *
 * @param wall UTC
 * @param uptime since some fixed moment of this process
 */
record Moment(Instant wall, Duration uptime) {

  Moment plus(Duration duration) {
    return new Moment(wall.plus(duration), uptime.plus(duration));
  }

  boolean reached(Moment now) {
    return !untilFrom(now).isPositive();
  }

  /** How long from {@code now} to this, on the clock that gets there first. */
  Duration untilFrom(Moment now) {
    Duration byWall = Duration.between(now.wall, wall);
    Duration byUptime = uptime.minus(now.uptime);
    return byWall.compareTo(byUptime) < 0 ? byWall : byUptime;
  }

  /** By how much the wall clock went ahead of the other since {@code earlier}: asleep, or set. */
  Duration jumpSince(Moment earlier) {
    return Duration.between(earlier.wall, wall).minus(uptime.minus(earlier.uptime));
  }

  /** The one that comes first, seen from {@code now}. */
  static BinaryOperator<Moment> first(Moment now) {
    return (a, b) -> a.untilFrom(now).compareTo(b.untilFrom(now)) <= 0 ? a : b;
  }

  /** The one that comes last, seen from {@code now}. */
  static BinaryOperator<Moment> last(Moment now) {
    return (a, b) -> a.untilFrom(now).compareTo(b.untilFrom(now)) > 0 ? a : b;
  }
}
