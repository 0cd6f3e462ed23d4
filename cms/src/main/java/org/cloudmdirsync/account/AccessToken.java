package org.cloudmdirsync.account;

import java.time.Duration;
import java.time.Instant;
import org.cloudmdirsync.secret.Secret;

/**
 * An access token in memory; it is never stored.
 *
 * @param value opaque
 * @param obtained when it was asked for: its life begins after that, however long the answer took,
 *     and be it a night because the machine fell asleep over it
 * @param life as the provider said
 */
record AccessToken(Secret value, Moment obtained, Duration life) {
  /** Enough for a client to connect, negotiate TLS and authenticate. */
  private static final Duration MIN_LIFE = Duration.ofSeconds(60);

  Instant expiry() {
    return obtained.wall().plus(life);
  }

  /** Whether this is the token that a client names by its tail. */
  boolean endsIn(String tail) {
    return value.tail().equals(tail);
  }

  /** Whether a client that gets it now has the time to use it. */
  boolean usable(Moment now) {
    return !lastUse().reached(now);
  }

  /** Tokens of a few minutes, as in tests, are used up to the last tenth of their life. */
  private Moment lastUse() {
    Duration tenth = Duration.ofMillis(life.toMillis() / 10);
    return obtained.plus(life.minus(tenth.compareTo(MIN_LIFE) < 0 ? tenth : MIN_LIFE));
  }
}
