package org.cloudmdirsync.audit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How often a user may ask: so many times a second on average, and five times that in one go.
 *
 * <p>The generic cell rate algorithm: per user one moment, up to which the answers given so far are
 * paid for.
 */
public final class RateLimit {
  private static final long SECOND_NANOS = 1_000_000_000;

  /** A mail host's queue run in one go. */
  private static final long BURST_SECONDS = 5;

  /** Beyond that many, those who asked long ago are forgotten; containers have many users. */
  private static final int MOST_USERS = 10_000;

  private final Map<Integer, AtomicLong> paidUntil = new ConcurrentHashMap<>();
  private final int perSecond;

  /**
   * Nobody has asked yet.
   *
   * @param perSecond zero for no limit
   */
  public RateLimit(int perSecond) {
    this.perSecond = perSecond;
  }

  int perSecond() {
    return perSecond;
  }

  /**
   * Whether a user may be answered, which then counts.
   *
   * @param now of {@link System#nanoTime}
   */
  boolean admits(int uid, long now) {
    if (perSecond == 0) {
      return true;
    }
    AtomicLong paid = paidUntil.computeIfAbsent(uid, _ -> new AtomicLong(now));
    if (paidUntil.size() > MOST_USERS) {
      paidUntil.values().removeIf(each -> each.get() - now < 0);
    }
    return take(paid, SECOND_NANOS / perSecond, now);
  }

  private static boolean take(AtomicLong paid, long price, long now) {
    while (true) {
      long before = paid.get();
      long ahead = Math.max(0, before - now) + price;
      if (ahead > BURST_SECONDS * SECOND_NANOS) {
        return false;
      }
      if (paid.compareAndSet(before, now + ahead)) {
        return true;
      }
    }
  }
}
