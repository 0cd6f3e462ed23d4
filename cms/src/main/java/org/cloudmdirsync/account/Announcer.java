package org.cloudmdirsync.account;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.cloudmdirsync.account.AccountEvent.Problem;
import org.cloudmdirsync.account.AccountEvent.Recovered;
import org.cloudmdirsync.account.AccountEvent.SignInNeeded;
import org.cloudmdirsync.account.AccountEvent.TokenObtained;
import org.cloudmdirsync.account.AccountEvent.Unreachable;
import org.cloudmdirsync.account.TokenState.Failing;
import org.cloudmdirsync.account.TokenState.Scheduled;
import org.cloudmdirsync.account.TokenState.Settled;
import org.cloudmdirsync.account.TokenState.SignedOut;
import org.cloudmdirsync.account.TokenState.Stopped;
import org.cloudmdirsync.oauth.TokenResponse.Remedy;

/** Turns states into events: one per change, however many attempts and resources are behind it. */
final class Announcer {
  private final Account account;
  private final Map<Resource, AccountEvent> standing = new HashMap<>();

  Announcer(Account account) {
    this.account = account;
  }

  List<AccountEvent> settled(Resource resource, Settled state) {
    return switch (state) {
      case Scheduled s ->
          Stream.concat(
                  relieved(resource).stream(),
                  s.token().map(t -> new TokenObtained(account, t.expiry())).stream())
              .toList();
      case Failing f -> troubled(resource, new Unreachable(account, f.reason()));
      case SignedOut s -> troubled(resource, new SignInNeeded(account, s.reason()));
      case Stopped s when s.remedy() == Remedy.WAIT ->
          troubled(resource, new Unreachable(account, s.reason()));
      case Stopped s -> troubled(resource, new Problem(account, s.reason()));
    };
  }

  private List<AccountEvent> troubled(Resource resource, AccountEvent trouble) {
    boolean known = standing.values().stream().anyMatch(other -> same(other, trouble));
    standing.put(resource, trouble);
    return known ? List.of() : List.of(trouble);
  }

  private Optional<AccountEvent> relieved(Resource resource) {
    boolean troubled = standing.remove(resource) != null;
    return troubled && standing.isEmpty() ? Optional.of(new Recovered(account)) : Optional.empty();
  }

  /** An outage has another reason at every attempt, and a refusal another trace id. */
  private static boolean same(AccountEvent a, AccountEvent b) {
    return a instanceof Problem ? a.equals(b) : a.getClass() == b.getClass();
  }
}
