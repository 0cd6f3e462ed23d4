package org.cloudmdirsync.account;

import java.time.Duration;
import java.util.Optional;
import org.cloudmdirsync.account.TokenState.Failing;
import org.cloudmdirsync.account.TokenState.Refreshing;
import org.cloudmdirsync.account.TokenState.Scheduled;
import org.cloudmdirsync.account.TokenState.Settled;
import org.cloudmdirsync.account.TokenState.SignedOut;
import org.cloudmdirsync.account.TokenState.Stopped;
import org.cloudmdirsync.oauth.TokenResponse.Refused;
import org.cloudmdirsync.oauth.TokenResponse.Remedy;

/**
 * The transitions of {@link TokenState}, and when to wake up: pure functions.
 *
 * <p>{@code dice} is a random number in [0, 1) of the caller's.
 */
final class Lifecycle {
  /** Leaves a refresh that meets an outage a quarter of an hour of retries before anybody sees. */
  private static final Duration AHEAD = Duration.ofMinutes(15);

  /** Some servers refuse tokens with less than ten minutes left (Microsoft's High Volume Email). */
  private static final Duration LATEST = Duration.ofMinutes(10);

  /** Accounts that signed in together must not refresh together for ever. */
  private static final double JITTER = 0.1;

  /**
   * Keeps a refresh token in use: Google's die after six idle months, Microsoft's after 90 days.
   */
  private static final Duration IDLE = Duration.ofDays(7);

  /** A refresh token that nears its end is not used up in a hurry. */
  private static final Duration SOON = Duration.ofMinutes(5);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** Full jitter may choose nothing at all; no server is asked twice within a second. */
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

  /** A client that waits may shorten our own pause, but not below this. */
  private static final Duration PAUSE_WHEN_ASKED = Duration.ofSeconds(10);

  /** A server's wish is honoured up to here: a slip of its pen must not cost a day. */
  private static final Duration LONGEST_WISH = Duration.ofHours(1);

  /** An administrator's or a person's change is noticed within this time. */
  private static final Duration STOPPED = Duration.ofHours(1);

  /** Microsoft's loop detection (AADSTS50196) wants minutes of silence. */
  private static final Duration SILENCE = Duration.ofMinutes(10);

  /** A mail server that refuses every token must not make us ask the provider at every mail. */
  private static final Duration BETWEEN_REFUSALS = Duration.ofSeconds(30);

  private Lifecycle() {}

  /** A refresh token rests in the store; ask for an access token at {@code due}. */
  static Settled resumed(Moment due) {
    return new Scheduled(Optional.empty(), due);
  }

  /**
   * A token was obtained.
   *
   * @param refreshTokenLife of the refresh token to go on with; some servers end it half an hour
   *     after its last use, long before the access token
   */
  static Settled granted(AccessToken token, Optional<Duration> refreshTokenLife, double dice) {
    Duration latest =
        refreshTokenLife.map(life -> longer(SOON, Optional.of(life.dividedBy(2)))).orElse(IDLE);
    Duration delay = shorter(latest, delay(token.life(), dice));
    return new Scheduled(Optional.of(token), token.obtained().plus(delay));
  }

  static Settled unavailable(
      Settled from, String reason, Optional<Duration> wish, Moment now, double dice) {
    int before = attempts(from);
    Duration wished = shorter(LONGEST_WISH, wish.orElse(Duration.ZERO));
    Duration pause = longer(pause(before, dice), Optional.of(wished));
    return new Failing(
        from.token(), before + 1, reason, now, now.plus(pause), now.plus(wished), false);
  }

  static Settled notStored(Settled from, String reason, Moment now, double dice) {
    int before = attempts(from);
    return new Failing(
        from.token(), before + 1, reason, now, now.plus(pause(before, dice)), now, true);
  }

  private static int attempts(Settled from) {
    return from instanceof Failing failing ? failing.attempts() : 0;
  }

  static Settled refused(Settled from, Refused refused, Moment now) {
    return switch (refused.remedy()) {
      case SIGN_IN, CONSENT ->
          new SignedOut(
              from.token(), words(refused), refused.remedy(), refused.claims(), Optional.empty());
      case CONFIGURATION, ADMINISTRATOR -> stopped(from, refused, now.plus(STOPPED));
      case WAIT -> stopped(from, refused, now.plus(SILENCE));
    };
  }

  /** There is no refresh token. What was said of a former one still explains why. */
  static Settled nobody(Settled from, String reason) {
    return switch (from) {
      case SignedOut s -> looking(s, Optional.empty());
      case Scheduled _, Failing _, Stopped _ ->
          new SignedOut(from.token(), reason, Remedy.SIGN_IN, Optional.empty(), Optional.empty());
    };
  }

  /** The machine woke up, the clock was set, or somebody says that it is worth another try. */
  static Settled wake(Settled state, Moment now) {
    return switch (state) {
      case Failing f -> {
        Moment next = Moment.last(now).apply(now, f.allowed());
        yield new Failing(f.token(), 0, f.reason(), f.failed(), next, f.allowed(), f.here());
      }
      case Stopped s when s.remedy() != Remedy.WAIT ->
          new Stopped(s.token(), s.remedy(), s.reason(), now);
      case SignedOut s -> looking(s, Optional.of(now));
      case Scheduled _, Stopped _ -> state;
    };
  }

  /** A person wants a new token, even if there is a good one. */
  static Settled hurry(Settled state, Moment now) {
    return switch (state) {
      case Scheduled s -> new Scheduled(s.token(), now);
      case Failing _, Stopped _, SignedOut _ -> wake(state, now);
    };
  }

  /** A refresh token that was believed dead works after all: try it here too. */
  static Settled revived(Settled state, Moment now) {
    return state instanceof SignedOut s && s.remedy() == Remedy.SIGN_IN
        ? new Scheduled(s.token(), now)
        : state;
  }

  /** Refresh now: another resource's refusal has cast doubt on the common refresh token. */
  static Settled doubted(Settled state, Moment now) {
    return state instanceof Scheduled s && !s.due().reached(now)
        ? new Scheduled(s.token(), now)
        : state;
  }

  /**
   * A mail server has refused the token: nobody gets it any more. That counts against the access
   * token alone, so nothing is asked sooner than it would be without one.
   */
  static Settled refusedByServer(Settled state, Moment now) {
    return switch (state) {
      case Scheduled _ -> resumed(now);
      case Failing f ->
          new Failing(
              Optional.empty(),
              f.attempts(),
              f.reason(),
              f.failed(),
              f.notBefore(),
              f.allowed(),
              f.here());
      case Stopped s -> new Stopped(Optional.empty(), s.remedy(), s.reason(), s.retry());
      case SignedOut s ->
          new SignedOut(Optional.empty(), s.reason(), s.remedy(), s.claims(), s.look());
    };
  }

  /** Whether what a server said of a token may cost the provider another request. */
  static boolean heeds(Optional<Moment> lastRefusal, Moment now) {
    return lastRefusal.map(last -> last.plus(BETWEEN_REFUSALS).reached(now)).orElse(true);
  }

  /**
   * When to do something about a state; empty means not before something happens.
   *
   * @param asked whether a client is waiting for a token
   */
  static Optional<Moment> nextWakeup(TokenState state, boolean asked, Moment now) {
    return switch (state) {
      case Refreshing _ -> Optional.empty();
      case SignedOut s -> s.look();
      case Scheduled s -> Optional.of(asked && s.token().isEmpty() ? now : s.due());
      case Failing f -> Optional.of(asked ? whenAsked(f, now) : f.notBefore());
      case Stopped s -> Optional.of(s.retry());
    };
  }

  private static Moment whenAsked(Failing f, Moment now) {
    Moment ours = Moment.first(now).apply(f.notBefore(), f.failed().plus(PAUSE_WHEN_ASKED));
    return Moment.last(now).apply(ours, f.allowed());
  }

  /** The token to hand out now. */
  static Optional<AccessToken> served(TokenState state, Moment now) {
    return state.token().filter(token -> token.usable(now));
  }

  /**
   * Whether somebody who asks for a token, and so speeds up the next request, may get one by then.
   */
  static boolean mayBeServed(TokenState state, Duration patience, Moment now) {
    return switch (state) {
      case Refreshing _, Scheduled _ -> true;
      case SignedOut _, Stopped _ -> false;
      case Failing _ ->
          nextWakeup(state, true, now)
              .filter(next -> next.untilFrom(now).compareTo(patience) < 0)
              .isPresent();
    };
  }

  /** How long after it was obtained a token is to be refreshed. */
  static Duration delay(Duration life, double dice) {
    Duration half = Duration.ofMillis(life.toMillis() / 2);
    Duration planned = longer(half, Optional.of(life.minus(AHEAD)));
    Duration spread = scaled(planned, 1 - JITTER + 2 * JITTER * dice);
    Duration latest = longer(half, Optional.of(life.minus(LATEST)));
    return shorter(IDLE, shorter(spread, latest));
  }

  /** Exponential back-off with full jitter. */
  static Duration pause(int attemptsBefore, double dice) {
    Duration ceiling =
        shorter(LONGEST_PAUSE, FIRST_PAUSE.multipliedBy(1L << Math.min(attemptsBefore, 20)));
    return longer(SHORTEST_PAUSE, Optional.of(scaled(ceiling, dice)));
  }

  private static Settled looking(SignedOut s, Optional<Moment> look) {
    return new SignedOut(s.token(), s.reason(), s.remedy(), s.claims(), look);
  }

  private static Settled stopped(Settled from, Refused refused, Moment retry) {
    return new Stopped(from.token(), refused.remedy(), words(refused), retry);
  }

  private static String words(Refused refused) {
    return refused.description().isEmpty() ? refused.error() : refused.description();
  }

  private static Duration scaled(Duration duration, double factor) {
    return Duration.ofMillis(Math.round(duration.toMillis() * factor));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Duration longer(Duration a, Optional<Duration> b) {
    return b.filter(other -> other.compareTo(a) > 0).orElse(a);
  }
}
