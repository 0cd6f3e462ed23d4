package org.cloudmdirsync.event;

import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.account.AccountEvent;

/**
 * One line per change of an account's state, starting with the account; a person who must act is
 * also taken to the sign-in page.
 */
public final class EventLog implements Consumer<AccountEvent> {
  private static final System.Logger LOG = System.getLogger(EventLog.class.getName());

  private final SignInPrompt prompt;

  /**
   * Writes from now on.
   *
   * @param page where to sign in
   * @param environment says which browser
   */
  public EventLog(Supplier<URI> page, Map<String, String> environment) {
    this.prompt = new SignInPrompt(page, environment, InstantSource.system());
  }

  @Override
  public void accept(AccountEvent event) {
    switch (event) {
      case AccountEvent.TokenObtained(var account, var expiry) ->
          log(
              Level.INFO,
              account,
              "token obtained, good until " + expiry.truncatedTo(ChronoUnit.SECONDS));
      case AccountEvent.TokenRefused(var account) ->
          log(Level.INFO, account, "a mail server refused the token; getting another one");
      case AccountEvent.SignedIn(var account) -> log(Level.INFO, account, "signed in");
      case AccountEvent.SignInNeeded(var account, var reason) -> {
        log(
            Level.WARNING,
            account,
            "sign-in needed (%s): open %s".formatted(reason, prompt.page()));
        prompt.show();
      }
      case AccountEvent.Problem(var account, var reason) -> log(Level.WARNING, account, reason);
      case AccountEvent.Unreachable(var account, var reason) ->
          log(Level.INFO, account, reason + "; trying again by itself");
      case AccountEvent.NotStored(var account, var reason) ->
          log(Level.WARNING, account, reason + "; trying again by itself");
      case AccountEvent.Recovered(var account) -> log(Level.INFO, account, "recovered");
      case AccountEvent.SignInLapses(var account, var when) ->
          log(
              Level.WARNING,
              account,
              "the sign-in lapses at %s: sign in before, at %s"
                  .formatted(when.truncatedTo(ChronoUnit.SECONDS), prompt.page()));
      case AccountEvent.Retired(var account) ->
          log(Level.INFO, account, "gone from the configuration, or changed in it");
      case AccountEvent.SignedOut(var account) -> log(Level.INFO, account, "signed out");
      case AccountEvent.IdentityUnverified(var account) ->
          log(
              Level.INFO,
              account,
              "the provider has no word on who signed in; taken to be the configured user");
    }
  }

  private static void log(Level level, Account account, String text) {
    LOG.log(level, account.user() + ": " + text);
  }
}
