package org.cloudmdirsync.account;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cloudmdirsync.account.AccountEvent.NotStored;
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
  /** What a person must mend is said again: often enough for whoever looks after an outage. */
  private static final Duration REPEAT = Duration.ofHours(1);

  /**
   * What Microsoft puts after its words: trace, correlation and time, other ones at each attempt.
   * Ours follow behind a dash.
   */
  private static final Pattern OF_ONE_ATTEMPT = Pattern.compile("Trace ID: .*?(?= — |$)");

  private final Account account;
  private final Map<Resource, Said> standing = new HashMap<>();

  private record Said(AccountEvent trouble, Moment when) {}

  Announcer(Account account) {
    this.account = account;
  }

  List<AccountEvent> settled(Resource resource, Settled state, Moment now) {
    return switch (state) {
      case Scheduled s ->
          Stream.concat(
                  relieved(resource).stream(),
                  s.token().map(t -> new TokenObtained(account, t.expiry())).stream())
              .toList();
      case Failing f when f.here() -> troubled(resource, new NotStored(account, f.reason()), now);
      case Failing f -> troubled(resource, new Unreachable(account, f.reason()), now);
      case SignedOut s -> troubled(resource, new SignInNeeded(account, s.reason()), now);
      case Stopped s when s.remedy() == Remedy.WAIT ->
          troubled(resource, new Unreachable(account, s.reason()), now);
      case Stopped s -> troubled(resource, new Problem(account, s.reason()), now);
    };
  }

  /** A person knows that already: it is not said, and its end is. */
  void known(Resource resource, SignedOut state, Moment now) {
    standing.put(resource, new Said(new SignInNeeded(account, state.reason()), now));
  }

  private List<AccountEvent> troubled(Resource resource, AccountEvent trouble, Moment now) {
    Optional<Moment> known =
        standing.values().stream()
            .filter(said -> same(said.trouble(), trouble) && !isDueAgain(said, now))
            .map(Said::when)
            .findFirst();
    standing.put(resource, new Said(trouble, known.orElse(now)));
    return known.isPresent() ? List.of() : List.of(trouble);
  }

  private static boolean isDueAgain(Said said, Moment now) {
    return said.trouble() instanceof NotStored && said.when().plus(REPEAT).reached(now);
  }

  private Optional<AccountEvent> relieved(Resource resource) {
    boolean troubled = standing.remove(resource) != null;
    return troubled && standing.isEmpty() ? Optional.of(new Recovered(account)) : Optional.empty();
  }

  /** An outage has another reason at every attempt; only what is to be mended is told apart. */
  private static boolean same(AccountEvent a, AccountEvent b) {
    return (a instanceof Problem(_, var one) && b instanceof Problem(_, var other))
        ? lasting(one).equals(lasting(other))
        : a.getClass() == b.getClass();
  }

  private static String lasting(String reason) {
    return OF_ONE_ATTEMPT.matcher(reason).replaceFirst("");
  }
}
