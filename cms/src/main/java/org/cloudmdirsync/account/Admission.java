package org.cloudmdirsync.account;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.cloudmdirsync.oauth.Endpoints;
import org.cloudmdirsync.oauth.TokenResponse;
import org.cloudmdirsync.oauth.TokenResponse.Granted;
import org.cloudmdirsync.oauth.TokenResponse.Refused;
import org.cloudmdirsync.oauth.TokenResponse.Unavailable;
import org.cloudmdirsync.oauth.TokenResponse.Unusable;
import org.cloudmdirsync.oauth.UserInfo;
import org.cloudmdirsync.secret.DurableFile;

/**
 * What every new token passes, whichever way the person came: is it the configured user, was
 * everything granted, is it stored.
 */
final class Admission {
  private final UserInfo userInfo;
  private final Consumer<AccountEvent> events;

  /** Who got no refresh token the last time, and is asked for consent explicitly the next time. */
  private final Set<String> withoutRefreshToken = ConcurrentHashMap.newKeySet();

  /**
   * A sign-in that was begun.
   *
   * @param consentAsked whether consent was asked for explicitly
   */
  record Attempt(TokenKeeper keeper, Endpoints endpoints, boolean consentAsked) {
    Account account() {
      return keeper.account();
    }

    String user() {
      return account().user();
    }

    /** One per token request, whatever was consented to (Microsoft: AADSTS28002 otherwise). */
    Resource resource() {
      return keeper.resources().getFirst();
    }
  }

  Admission(UserInfo userInfo, Consumer<AccountEvent> events) {
    this.userInfo = userInfo;
    this.events = events;
  }

  Attempt attempt(TokenKeeper keeper, Endpoints endpoints) {
    return new Attempt(keeper, endpoints, withoutRefreshToken.contains(keeper.account().user()));
  }

  /**
   * Looks at an answer.
   *
   * @param asked when it was asked for
   */
  SignInResult admit(Attempt attempt, TokenResponse response, Moment asked) {
    String user = attempt.user();
    if (attempt.keeper().retired()) {
      return new SignInResult.Failed(
          user, "the configuration of this account has changed meanwhile; begin again");
    }
    return switch (response) {
      case Granted granted -> identify(attempt, granted, asked);
      case Refused refused ->
          new SignInResult.Failed(
              user, words(attempt.account(), refused.error(), refused.description()));
      case Unavailable unavailable ->
          new SignInResult.Failed(user, unavailable.reason() + "; begin again");
      case Unusable unusable -> new SignInResult.Failed(user, unusable.reason() + "; begin again");
    };
  }

  static String words(Account account, String error, String description) {
    return description.isEmpty() ? error : error + ": " + account.explained(description);
  }

  private SignInResult identify(Attempt attempt, Granted granted, Moment asked) {
    Account account = attempt.account();
    return switch (Identification.of(account, attempt.endpoints(), granted, userInfo)) {
      case Identification.Verified _ -> check(attempt, granted, asked);
      case Identification.Unverified _ -> {
        events.accept(new AccountEvent.IdentityUnverified(account));
        yield check(attempt, granted, asked);
      }
      case Identification.SomebodyElse other -> {
        String reason = other.actual() + " signed in; sign in as " + account.user();
        events.accept(new AccountEvent.Problem(account, reason));
        yield new SignInResult.WrongUser(account.user(), other.actual());
      }
      case Identification.Unanswered unanswered ->
          new SignInResult.Failed(
              account.user(),
              account.provider().title()
                  + " did not say who signed in ("
                  + unanswered.reason()
                  + "); begin again");
    };
  }

  private SignInResult check(Attempt attempt, Granted granted, Moment asked) {
    Account account = attempt.account();
    Optional<String> missing = attempt.resource().missing(granted.scope());
    if (missing.isPresent()) {
      String reason = Rotation.ungranted(missing.get()).description();
      events.accept(new AccountEvent.Problem(account, reason));
      return new SignInResult.Failed(account.user(), reason);
    }
    return keep(attempt, granted, asked);
  }

  private SignInResult keep(Attempt attempt, Granted granted, Moment asked) {
    Account account = attempt.account();
    boolean lasting;
    try {
      lasting = granted.refreshToken().isPresent() || attempt.keeper().hasRefreshToken();
    } catch (IOException e) {
      String reason = DurableFile.reason(e);
      events.accept(new AccountEvent.Problem(account, reason));
      return new SignInResult.Failed(account.user(), reason + "; mend that and begin again");
    }
    handOver(attempt, granted, asked);
    if (lasting) {
      withoutRefreshToken.remove(account.user());
      return new SignInResult.SignedIn(account.user());
    }
    return passing(attempt, granted);
  }

  private void handOver(Attempt attempt, Granted granted, Moment asked) {
    Account account = attempt.account();
    try {
      attempt.keeper().signedIn(attempt.resource(), granted, asked);
      events.accept(new AccountEvent.SignedIn(account));
    } catch (IOException e) {
      // The keeper goes on trying to store it, and the person, who waits for this, is done.
      events.accept(new AccountEvent.SignedIn(account));
      events.accept(new AccountEvent.Problem(account, DurableFile.reason(e)));
    }
  }

  private SignInResult passing(Attempt attempt, Granted granted) {
    Account account = attempt.account();
    withoutRefreshToken.add(account.user());
    String reason =
        account.provider().title()
            + " gave a token for "
            + granted.life().toMinutes()
            + " minutes but no refresh token";
    events.accept(new AccountEvent.Problem(account, reason));
    return attempt.consentAsked()
        ? new SignInResult.SignedIn(account.user())
        : new SignInResult.Failed(
            account.user(), reason + "; sign in once more: consent will be asked for explicitly");
  }
}
