package org.cloudmdirsync.account;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * When a person may be reminded of something that can wait a little.
 *
 * @param from inclusive
 * @param until exclusive; the night may lie between: 22:00 to 06:00. The same time twice is always
 * @param zone where that time is told
 */
public record NudgeHours(LocalTime from, LocalTime until, ZoneId zone) {

  /** Office hours, here. */
  public static NudgeHours usual() {
    return new NudgeHours(LocalTime.of(9, 0), LocalTime.of(17, 0), ZoneId.systemDefault());
  }

  boolean contains(Instant moment) {
    LocalTime time = moment.atZone(zone).toLocalTime();
    boolean begun = !time.isBefore(from);
    boolean over = !time.isBefore(until);
    return from.isBefore(until) ? begun && !over : begun || !over;
  }

  /** When they next begin; the moment itself within them. */
  Instant next(Instant moment) {
    return contains(moment) ? moment : at(from, moment, 1);
  }

  /** When they last ended; the moment itself within them. */
  Instant last(Instant moment) {
    return contains(moment) ? moment : at(until, moment, -1);
  }

  /** The nearest such time of day on that side of a moment. */
  private Instant at(LocalTime time, Instant moment, int days) {
    ZonedDateTime local = moment.atZone(zone);
    Instant today = local.with(time).toInstant();
    boolean beyond = days > 0 ? today.isAfter(moment) : !today.isAfter(moment);
    return beyond ? today : local.plusDays(days).with(time).toInstant();
  }
}
