package org.cloudmdirsync.account;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.cloudmdirsync.account.AccountStatus.Condition;
import org.cloudmdirsync.account.TokenState.Failing;
import org.cloudmdirsync.account.TokenState.Refreshing;
import org.cloudmdirsync.account.TokenState.Scheduled;
import org.cloudmdirsync.account.TokenState.Settled;
import org.cloudmdirsync.account.TokenState.SignedOut;
import org.cloudmdirsync.account.TokenState.Stopped;
import org.cloudmdirsync.oauth.TokenResponse.Remedy;
import org.cloudmdirsync.secret.Validity;

/** An account's states in one: the worst one counts. Pure. */
final class Summary {
  private Summary() {}

  static AccountStatus of(
      Account account, Collection<TokenState> states, Optional<Validity> validity, Moment now) {
    TokenState worst = states.stream().reduce((a, b) -> worse(a, b, now)).orElseThrow();
    Stream<Instant> obtained =
        states.stream().flatMap(s -> s.token().stream()).map(t -> t.obtained().wall());
    Stream<Moment> wakeups =
        states.stream().flatMap(s -> Lifecycle.nextWakeup(s, false, now).stream());
    Stream<Instant> expiries =
        states.stream().flatMap(s -> Lifecycle.served(s, now).stream()).map(AccessToken::expiry);
    return new AccountStatus(
        account,
        condition(worst, now),
        problem(worst),
        obtained.max(Comparator.naturalOrder()),
        wakeups.reduce(Moment.first(now)).map(next -> now.wall().plus(next.untilFrom(now))),
        expiries.min(Comparator.naturalOrder()),
        validity.map(Validity::until));
  }

  static Settled settled(TokenState state) {
    return switch (state) {
      case Refreshing refreshing -> refreshing.from();
      case Settled settled -> settled;
    };
  }

  private static TokenState worse(TokenState one, TokenState other, Moment now) {
    return gravity(condition(one, now)) >= gravity(condition(other, now)) ? one : other;
  }

  private static Condition condition(TokenState state, Moment now) {
    return switch (settled(state)) {
      case SignedOut _ -> Condition.SIGN_IN_NEEDED;
      case Stopped s when s.remedy() != Remedy.WAIT -> Condition.MISCONFIGURED;
      case Stopped _, Failing _ -> Condition.UNAVAILABLE;
      case Scheduled s ->
          Lifecycle.served(s, now).isPresent() ? Condition.READY : Condition.STARTING;
    };
  }

  private static Optional<String> problem(TokenState state) {
    return switch (settled(state)) {
      case SignedOut s -> Optional.of(s.reason());
      case Stopped s -> Optional.of(s.reason());
      case Failing f -> Optional.of(f.reason());
      case Scheduled _ -> Optional.empty();
    };
  }

  private static int gravity(Condition condition) {
    return switch (condition) {
      case READY -> 0;
      case STARTING -> 1;
      case UNAVAILABLE -> 2;
      case MISCONFIGURED -> 3;
      case SIGN_IN_NEEDED -> 4;
    };
  }
}
