package org.cloudmdirsync.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.cloudmdirsync.account.AccountEvent;
import org.cloudmdirsync.control.Message;

/**
 * What happened to an account, for scripts. The names are part of cloud-mdir-sync(1), so they stay.
 */
public final class EventFacts {
  private EventFacts() {}

  /** When, what, to whom, and what there is to know about it. */
  public static Message of(AccountEvent event, Instant now) {
    return Message.of("at", time(now))
        .with("event", name(event))
        .with("user", event.account().user())
        .with("provider", event.account().provider().title())
        .with("reason", reason(event))
        .with("expires", expiry(event).map(EventFacts::time))
        .with("lapses", lapse(event).map(EventFacts::time));
  }

  /** In UTC, as RFC 3339 has it. */
  public static String time(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Such as {@code token-obtained}. */
  public static String name(AccountEvent event) {
    return switch (event) {
      case AccountEvent.TokenObtained _ -> "token-obtained";
      case AccountEvent.TokenRefused _ -> "token-refused";
      case AccountEvent.SignedIn _ -> "signed-in";
      case AccountEvent.SignedOut _ -> "signed-out";
      case AccountEvent.SignInNeeded _ -> "sign-in-needed";
      case AccountEvent.SignInLapses _ -> "sign-in-lapses";
      case AccountEvent.Problem _ -> "problem";
      case AccountEvent.Unreachable _ -> "unreachable";
      case AccountEvent.NotStored _ -> "not-stored";
      case AccountEvent.Recovered _ -> "recovered";
      case AccountEvent.Retired _ -> "retired";
      case AccountEvent.IdentityUnverified _ -> "identity-unverified";
    };
  }

  private static Optional<String> reason(AccountEvent event) {
    return switch (event) {
      case AccountEvent.SignInNeeded(var _, var reason) -> Optional.of(reason);
      case AccountEvent.Problem(var _, var reason) -> Optional.of(reason);
      case AccountEvent.Unreachable(var _, var reason) -> Optional.of(reason);
      case AccountEvent.NotStored(var _, var reason) -> Optional.of(reason);
      case AccountEvent.TokenObtained _,
          AccountEvent.TokenRefused _,
          AccountEvent.SignedIn _,
          AccountEvent.SignedOut _,
          AccountEvent.SignInLapses _,
          AccountEvent.Recovered _,
          AccountEvent.Retired _,
          AccountEvent.IdentityUnverified _ ->
          Optional.empty();
    };
  }

  private static Optional<Instant> expiry(AccountEvent event) {
    return event instanceof AccountEvent.TokenObtained(var _, var expiry)
        ? Optional.of(expiry)
        : Optional.empty();
  }

  private static Optional<Instant> lapse(AccountEvent event) {
    return event instanceof AccountEvent.SignInLapses(var _, var when)
        ? Optional.of(when)
        : Optional.empty();
  }
}
