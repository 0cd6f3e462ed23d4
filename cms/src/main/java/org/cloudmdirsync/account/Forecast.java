package org.cloudmdirsync.account;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cloudmdirsync.oauth.TokenResponse.Granted;
import org.cloudmdirsync.secret.Validity;

/** When a sign-in lapses, and when to say so: pure functions. */
final class Forecast {
  /** Said days before, so that a holiday may lie between, and once more while there is time. */
  private static final List<Duration> AHEAD =
      List.of(Duration.ofDays(7), Duration.ofDays(3), Duration.ofDays(1), Duration.ofHours(6));

  /** What would have to be said at night is said this long before the evening. */
  private static final Duration BEFORE_EVENING = Duration.ofHours(1);

  /** Servers that count down the same life do so to the second, or nearly. */
  private static final Duration SAME = Duration.ofHours(1);

  /** The same for short lives: the tenth part of what was said. */
  private static final int SAME_PART = 10;

  private Forecast() {}

  /**
   * After a sign-in: as the server said, else as long as the kind of registration lasts. A refresh
   * token that merely dies when it is not used does not lapse: it is used.
   */
  static Optional<Validity> ofSignIn(Account account, Granted granted, Instant now) {
    return granted
        .refreshTokenLife()
        .or(() ->
            account
                .provider()
                .terms()
                .singlePageLife()
                .filter(_ -> account.client().singlePageApp()))
        .map(life -> validity(now, life));
  }

  /** After a refresh: as the server said, else as before, since the sign-in is still the same. */
  static Optional<Validity> ofRefresh(Optional<Validity> before, Granted granted, Instant now) {
    Optional<Validity> said = granted.refreshTokenLife().map(life -> validity(now, life));
    boolean news = said.isPresent() && before.filter(known -> isSame(known, said.get())).isEmpty();
    return news ? said : before;
  }

  private static boolean isSame(Validity known, Validity said) {
    Duration apart = Duration.between(known.until(), said.until()).abs();
    Duration part = Duration.between(said.from(), said.until()).dividedBy(SAME_PART);
    return apart.compareTo(SAME) < 0 && apart.compareTo(part) < 0;
  }

  /** In whole seconds, as the store keeps them. */
  private static Validity validity(Instant now, Duration life) {
    Instant from = Instant.ofEpochSecond(now.getEpochSecond());
    return new Validity(from, from.plus(life));
  }

  /**
   * Whether it is time to say that a sign-in lapses: a mark has passed since it was said last, and
   * a person is about, or will not be before the end.
   *
   * @param said when it was said last
   */
  static boolean due(Validity validity, Optional<Instant> said, Instant now, NudgeHours hours) {
    boolean marked =
        AHEAD.stream()
            .map(ahead -> mark(validity.until().minus(ahead), hours))
            .filter(mark -> mark.isAfter(validity.from()) && !mark.isAfter(now))
            .anyMatch(mark -> said.map(mark::isAfter).orElse(true));
    boolean comesTooLate = !hours.next(now).isBefore(validity.until());
    return marked && now.isBefore(validity.until()) && (hours.contains(now) || comesTooLate);
  }

  private static Instant mark(Instant wanted, NudgeHours hours) {
    return hours.contains(wanted) ? wanted : hours.last(wanted).minus(BEFORE_EVENING);
  }
}
