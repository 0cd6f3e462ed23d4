package org.cloudmdirsync.account;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.cloudmdirsync.account.TokenState.Failing;
import org.cloudmdirsync.account.TokenState.Refreshing;
import org.cloudmdirsync.account.TokenState.Scheduled;
import org.cloudmdirsync.account.TokenState.Settled;
import org.cloudmdirsync.account.TokenState.SignedOut;
import org.cloudmdirsync.account.TokenState.Stopped;
import org.cloudmdirsync.oauth.TokenResponse.Remedy;
import org.cloudmdirsync.secret.Validity;

/**
 * How the resources of one account stand, which of them somebody asked for, and what follows from
 * an answer: for its resource, and for the others that share the refresh token.
 *
 * <p>It never waits and asks nobody. Not thread-safe: {@link SharedStates} guards it.
 */
final class TokenStates {
  private final Account account;
  private final Announcer announcer;
  private final Supplier<Optional<Validity>> validity;
  private final Map<Resource, TokenState> states = new LinkedHashMap<>();
  private final List<Resource> resources;
  private final Set<Resource> asked = new HashSet<>();
  private final Map<Resource, Moment> refusals = new HashMap<>();
  private long flights;

  /**
   * A request under way.
   *
   * @param number of its {@link Refreshing}
   * @param lastHope whether every other resource has refused the refresh token
   */
  record Flight(Resource resource, long number, boolean lastHope) {}

  TokenStates(Account account, Moment start, Supplier<Optional<Validity>> validity) {
    this.account = account;
    this.validity = validity;
    this.announcer = new Announcer(account);
    this.resources = Resource.of(account);
    resources.forEach(resource -> states.put(resource, Lifecycle.resumed(start)));
  }

  /** They never change, so this one needs no lock. */
  List<Resource> resources() {
    return resources;
  }

  private TokenState of(Resource resource) {
    return Objects.requireNonNull(states.get(resource));
  }

  /** The token to hand out now. */
  Optional<TokenAnswer.Token> served(Resource resource, Moment now) {
    return Lifecycle.served(of(resource), now)
        .map(token -> new TokenAnswer.Token(token.value(), token.expiry()));
  }

  /** Whether there may be a token within so many nanoseconds. */
  boolean mayCome(Resource resource, long nanos, Moment now) {
    return Lifecycle.mayBeServed(of(resource), Duration.ofNanos(nanos), now);
  }

  /** What to say to somebody for whom there is no token. */
  TokenAnswer answerWithout(Resource resource) {
    return switch (Summary.settled(of(resource))) {
      case SignedOut out -> new TokenAnswer.SignInNeeded(out.reason());
      case Stopped s when s.remedy() == Remedy.WAIT -> new TokenAnswer.Unavailable(s.reason());
      case Stopped s -> new TokenAnswer.Misconfigured(s.reason());
      case Failing f -> new TokenAnswer.Unavailable(f.reason());
      case Scheduled _ ->
          new TokenAnswer.Unavailable(
              account.provider().title() + " has not answered yet; try again in a moment");
    };
  }

  AccountStatus status(Moment now) {
    return Summary.of(account, states.values(), validity.get(), now);
  }

  /** What the next authorization request must say beside the usual. */
  Map<String, String> challenge() {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (TokenState state : states.values()) {
      if (state instanceof SignedOut out) {
        out.claims().ifPresent(claims -> parameters.put("claims", claims));
        if (out.remedy() == Remedy.CONSENT) {
          parameters.put("prompt", "consent");
        }
      }
    }
    return parameters;
  }

  /** Somebody wants a token. */
  void ask(Resource resource) {
    asked.add(resource);
  }

  /**
   * A mail server refused the token with this tail; false when that is not the one we would serve,
   * or another one was refused only just now.
   */
  boolean refusedByServer(Resource resource, String tail, Moment now) {
    TokenState state = of(resource);
    boolean current = Lifecycle.served(state, now).filter(t -> t.endsIn(tail)).isPresent();
    if (!current || !Lifecycle.heeds(Optional.ofNullable(refusals.get(resource)), now)) {
      return false;
    }
    refusals.put(resource, now);
    states.put(
        resource,
        switch (state) {
          case Settled settled -> Lifecycle.refusedByServer(settled, now);
          case Refreshing(Settled from, long flight) ->
              new Refreshing(Lifecycle.refusedByServer(from, now), flight);
        });
    return true;
  }

  Optional<Moment> nextWakeup(Moment now) {
    return states.entrySet().stream()
        .flatMap(e -> Lifecycle.nextWakeup(e.getValue(), asked.contains(e.getKey()), now).stream())
        .reduce(Moment.first(now));
  }

  /** Whether something is being asked, or about to be. */
  boolean busy(Moment now) {
    return states.values().stream()
        .anyMatch(state ->
            state instanceof Refreshing
                || Lifecycle.nextWakeup(state, false, now)
                    .filter(due -> due.reached(now))
                    .isPresent());
  }

  /** The request to make now, if one is due. */
  Optional<Flight> takeOff(Moment now) {
    for (Map.Entry<Resource, TokenState> entry : states.entrySet()) {
      if (entry.getValue() instanceof Settled settled
          && Lifecycle.nextWakeup(settled, asked.contains(entry.getKey()), now)
              .filter(due -> due.reached(now))
              .isPresent()) {
        entry.setValue(new Refreshing(settled, ++flights));
        asked.remove(entry.getKey());
        return Optional.of(
            new Flight(entry.getKey(), flights, refusedEverywhereBut(entry.getKey())));
      }
    }
    return Optional.empty();
  }

  /** Takes the answer in; returns what is new. */
  List<AccountEvent> land(Flight flight, Outcome outcome, Moment now, double dice) {
    Resource resource = flight.resource();
    if (!(of(resource) instanceof Refreshing current && current.flight() == flight.number())) {
      return List.of(); // somebody signed in meanwhile: this answer is about the past
    }
    Settled next = next(current.from(), outcome, now, dice);
    states.put(resource, next);
    if (next instanceof SignedOut out && out.remedy() == Remedy.SIGN_IN) {
      // One refresh token serves them all: ask another one before calling it dead.
      change(state -> Lifecycle.doubted(state, now));
    }
    if (outcome instanceof Outcome.Refreshed refreshed && refreshed.fallenBack()) {
      change(state -> Lifecycle.revived(state, now));
    }
    return news(resource, now);
  }

  /** Starts anew after a sign-in. */
  List<AccountEvent> restart(Moment now, Map<Resource, Settled> known) {
    List<AccountEvent> news = new ArrayList<>();
    for (Resource resource : resources) {
      states.put(resource, known.getOrDefault(resource, Lifecycle.resumed(now)));
      if (!known.isEmpty()) {
        news.addAll(announcer.settled(resource, new Scheduled(Optional.empty(), now), now));
      }
    }
    return news;
  }

  /** A person signed out: nothing is served, nothing asked, and nobody need be told. */
  void signedOut(Moment now) {
    for (Resource resource : resources) {
      SignedOut out =
          new SignedOut(
              Optional.empty(),
              "somebody signed out on purpose; sign in to use the account again",
              Remedy.SIGN_IN,
              Optional.empty(),
              Optional.empty());
      states.put(resource, out);
      announcer.known(resource, out, now);
    }
  }

  /** Changes whatever has no request under way. */
  void change(UnaryOperator<Settled> transition) {
    states.replaceAll((_, state) -> state instanceof Settled s ? transition.apply(s) : state);
  }

  boolean refusedEverywhere() {
    return states.values().stream().allMatch(TokenStates::refused);
  }

  private boolean refusedEverywhereBut(Resource one) {
    return states.entrySet().stream()
        .allMatch(entry -> entry.getKey().equals(one) || refused(entry.getValue()));
  }

  private static boolean refused(TokenState state) {
    return state instanceof SignedOut out && out.remedy() == Remedy.SIGN_IN;
  }

  private static Settled next(Settled from, Outcome outcome, Moment now, double dice) {
    return switch (outcome) {
      case Outcome.Refreshed refreshed ->
          Lifecycle.granted(refreshed.token(), refreshed.refreshTokenLife(), dice);
      case Outcome.Refused refused -> Lifecycle.refused(from, refused.response(), now);
      case Outcome.Declined declined -> Lifecycle.refused(from, declined.response(), now);
      case Outcome.Unavailable u ->
          Lifecycle.unavailable(from, u.reason(), u.retryAfter(), now, dice);
      case Outcome.NotStored n -> Lifecycle.notStored(from, n.reason(), now, dice);
      case Outcome.NoRefreshToken nobody -> Lifecycle.nobody(from, nobody.reason());
    };
  }

  /** That the common refresh token is refused is said when every resource has been asked. */
  private List<AccountEvent> news(Resource landed, Moment now) {
    boolean undecided = states.values().stream().anyMatch(state -> aboutToBeAsked(state, now));
    List<AccountEvent> news = new ArrayList<>();
    states.forEach((resource, state) -> {
      boolean said = refused(state) ? !undecided : resource.equals(landed);
      if (said && state instanceof Settled settled) {
        news.addAll(announcer.settled(resource, settled, now));
      }
    });
    return news;
  }

  private static boolean aboutToBeAsked(TokenState state, Moment now) {
    return state instanceof Scheduled scheduled && scheduled.due().reached(now);
  }
}
