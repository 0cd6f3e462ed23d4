package org.cloudmdirsync.audit;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Counts answers that differ in nothing but the moment and the process, within an interval. */
final class Tally {
  /** From here no number of answers counts up to what {@link #again} takes for an open tally. */
  private static final int ENDED = Integer.MIN_VALUE;

  private final AuditLine line;
  private final AtomicLong total;
  private final AtomicReference<Tally> last;
  private final AtomicInteger more = new AtomicInteger();
  private volatile long answered;

  /**
   * Begins.
   *
   * @param line what is known of the first answer
   * @param total counts all answers of the kind, since the start
   * @param last the newest tally of the account on the socket
   */
  Tally(AuditLine line, AtomicLong total, AtomicReference<Tally> last) {
    this.line = line;
    this.total = total;
    this.last = last;
  }

  AuditLine line() {
    return line;
  }

  /** One more answer after the first; false if this tally has ended. */
  boolean again() {
    return more.incrementAndGet() > 0;
  }

  /** Any answer, the first one too. */
  void count() {
    total.incrementAndGet();
    answered = System.currentTimeMillis();
    last.lazySet(this);
  }

  /** How many there were after the first one. */
  int end() {
    return more.getAndSet(ENDED);
  }

  LastAnswer lastAnswer(UserNames names) {
    return line.lastAnswer(names, Instant.ofEpochMilli(answered));
  }
}
