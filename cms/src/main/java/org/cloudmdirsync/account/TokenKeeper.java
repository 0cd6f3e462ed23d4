package org.cloudmdirsync.account;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.cloudmdirsync.account.TokenState.Failing;
import org.cloudmdirsync.account.TokenState.Refreshing;
import org.cloudmdirsync.account.TokenState.Scheduled;
import org.cloudmdirsync.account.TokenState.Settled;
import org.cloudmdirsync.account.TokenState.SignedOut;
import org.cloudmdirsync.account.TokenState.Stopped;
import org.cloudmdirsync.oauth.TokenResponse.Granted;
import org.cloudmdirsync.oauth.TokenResponse.Remedy;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.secret.DurableFile;
import org.cloudmdirsync.secret.Secret;

/**
 * Keeps one account's access tokens fresh.
 *
 * <p>One loop per account makes all its requests, so there is never more than one under way;
 * whoever wants a token takes it from memory or waits for that loop. The lock guards the states and
 * is never held over a request, a file or an event.
 */
public final class TokenKeeper {
  private static final System.Logger LOG = System.getLogger(TokenKeeper.class.getName());

  private final Account account;
  private final Rotation rotation;
  private final Clocks clocks;
  private final RandomGenerator random;
  private final Consumer<AccountEvent> events;
  private final Announcer announcer;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition workForTheLoop = lock.newCondition();
  private final Condition stateChanged = lock.newCondition();
  private final Map<Resource, TokenState> states = new LinkedHashMap<>();
  private final Set<Resource> asked = new HashSet<>();
  private long flights;
  private boolean closed;

  TokenKeeper(
      Account account,
      Rotation rotation,
      Clocks clocks,
      RandomGenerator random,
      Consumer<AccountEvent> events,
      Duration startAfter) {
    this.account = account;
    this.rotation = rotation;
    this.clocks = clocks;
    this.random = random;
    this.events = events;
    this.announcer = new Announcer(account);
    Moment start = clocks.now().plus(startAfter);
    Resource.of(account).forEach(resource -> states.put(resource, Lifecycle.resumed(start)));
  }

  /** The account whose tokens these are. */
  public Account account() {
    return account;
  }

  /**
   * A token for one use: from memory, or from the refresh under way.
   *
   * @param patience how long the caller can wait; an answer comes by then in every case
   */
  public TokenAnswer token(Protocol use, Duration patience) {
    Optional<Resource> resource =
        states.keySet().stream().filter(r -> r.uses().contains(use)).findFirst();
    if (resource.isEmpty()) {
      return new TokenAnswer.NotServed(account.user() + " is not configured for " + use);
    }
    lock.lock();
    try {
      return await(resource.get(), patience.toNanos());
    } finally {
      lock.unlock();
    }
  }

  /** How the account stands. */
  public AccountStatus status() {
    lock.lock();
    try {
      return Summary.of(account, states.values(), clocks.now());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Tries again what waits for better times: after a suspend, a step of the clock, a change of the
   * network, or on a person's word. What a server asked us to wait for is still waited for.
   */
  public void wake() {
    change(state -> Lifecycle.wake(state, clocks.now()));
  }

  /** The loop: until {@link #stop}, and then until what is under way has been stored. */
  void run() {
    try {
      while (sleep()) {
        step();
      }
      rotation.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      events.accept(new AccountEvent.Problem(account, DurableFile.reason(e)));
    }
  }

  void stop() {
    lock.lock();
    try {
      closed = true;
      workForTheLoop.signalAll();
      stateChanged.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Does what is due, if anything; then says when to look again. */
  Optional<Moment> step() {
    Optional<Flight> flight = takeOff();
    flight.ifPresent(this::fly);
    lock.lock();
    try {
      return nextWakeup(clocks.now());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Starts anew with what a sign-in granted.
   *
   * @param redeemed the resource whose access token came with it
   * @throws IOException when the refresh token is only in memory so far; it will be stored
   */
  void signedIn(Resource redeemed, Granted granted) throws IOException {
    Moment received = clocks.now();
    try {
      if (granted.refreshToken().isPresent()) {
        rotation.adopt(granted.refreshToken().get());
      }
    } catch (IOException e) {
      restart(received, Map.of());
      throw e;
    }
    AccessToken token = new AccessToken(granted.accessToken(), received, granted.life());
    restart(received, Map.of(redeemed, Lifecycle.granted(token, random.nextDouble())));
    events.accept(new AccountEvent.TokenObtained(account, token.expiry()));
  }

  /** Whether a sign-in that brings no refresh token can build on an earlier one's. */
  boolean hasRefreshToken() throws IOException {
    return rotation.signedIn();
  }

  /** What the next authorization request must say beside the usual. */
  Map<String, String> challenge() {
    lock.lock();
    try {
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
    } finally {
      lock.unlock();
    }
  }

  List<Resource> resources() {
    return List.copyOf(states.keySet());
  }

  private record Flight(Resource resource, Refreshing state, boolean lastHope) {}

  private Optional<Flight> takeOff() {
    lock.lock();
    try {
      Moment now = clocks.now();
      for (Map.Entry<Resource, TokenState> entry : states.entrySet()) {
        if (entry.getValue() instanceof Settled settled
            && Lifecycle.nextWakeup(settled, asked.contains(entry.getKey()), now)
                .filter(due -> due.reached(now))
                .isPresent()) {
          Refreshing refreshing = new Refreshing(settled, ++flights);
          entry.setValue(refreshing);
          asked.remove(entry.getKey());
          return Optional.of(
              new Flight(entry.getKey(), refreshing, refusedEverywhereBut(entry.getKey())));
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void fly(Flight flight) {
    Outcome outcome;
    try {
      outcome = rotation.refresh(flight.resource(), flight.lastHope());
    } catch (RuntimeException | Error bug) {
      // Also when memory runs out: a loop that ended here would leave the account without tokens.
      LOG.log(System.Logger.Level.ERROR, account.user() + ": a bug in the refresh", bug);
      outcome = new Outcome.Unavailable("internal error (" + bug.getClass().getSimpleName() + ")");
    }
    land(flight, outcome).forEach(events);
    if (outcome instanceof Outcome.Refused refused && refusedEverywhere()) {
      putAway(refused.refreshToken());
    }
  }

  private List<AccountEvent> land(Flight flight, Outcome outcome) {
    lock.lock();
    try {
      Resource resource = flight.resource();
      if (!currentState(resource).equals(flight.state())) {
        return List.of(); // somebody signed in meanwhile: this answer is about the past
      }
      Settled next = next(flight.state().from(), outcome);
      states.put(resource, next);
      if (next instanceof SignedOut out && out.remedy() == Remedy.SIGN_IN) {
        // One refresh token serves them all: ask another one before calling it dead.
        states.replaceAll((other, state) -> doubted(state));
      }
      if (outcome instanceof Outcome.Refreshed refreshed && refreshed.fallenBack()) {
        states.replaceAll((other, state) -> revived(state));
      }
      stateChanged.signalAll();
      return news(resource, clocks.now());
    } finally {
      lock.unlock();
    }
  }

  /** That the common refresh token is refused is said when every resource has been asked. */
  private List<AccountEvent> news(Resource landed, Moment now) {
    boolean undecided = states.values().stream().anyMatch(state -> aboutToBeAsked(state, now));
    List<AccountEvent> news = new ArrayList<>();
    states.forEach((resource, state) -> {
      boolean said = refused(state) ? !undecided : resource.equals(landed);
      if (said && state instanceof Settled settled) {
        news.addAll(announcer.settled(resource, settled));
      }
    });
    return news;
  }

  private static boolean aboutToBeAsked(TokenState state, Moment now) {
    return state instanceof Scheduled scheduled && scheduled.due().reached(now);
  }

  private Settled next(Settled from, Outcome outcome) {
    Moment now = clocks.now();
    double dice = random.nextDouble();
    return switch (outcome) {
      case Outcome.Refreshed refreshed -> Lifecycle.granted(refreshed.token(), dice);
      case Outcome.Refused refused -> Lifecycle.refused(from, refused.response(), now);
      case Outcome.Unavailable u ->
          Lifecycle.unavailable(from, u.reason(), u.retryAfter(), now, dice);
      case Outcome.NoRefreshToken nobody -> Lifecycle.nobody(from, nobody.reason());
    };
  }

  private TokenState doubted(TokenState state) {
    return state instanceof Settled settled ? Lifecycle.doubted(settled, clocks.now()) : state;
  }

  private TokenState revived(TokenState state) {
    return state instanceof Settled settled ? Lifecycle.revived(settled, clocks.now()) : state;
  }

  private boolean refusedEverywhere() {
    lock.lock();
    try {
      return states.values().stream().allMatch(TokenKeeper::refused);
    } finally {
      lock.unlock();
    }
  }

  private boolean refusedEverywhereBut(Resource one) {
    return states.entrySet().stream()
        .allMatch(entry -> entry.getKey().equals(one) || refused(entry.getValue()));
  }

  private static boolean refused(TokenState state) {
    return state instanceof SignedOut out && out.remedy() == Remedy.SIGN_IN;
  }

  private void putAway(Secret dead) {
    try {
      rotation.quarantine(dead);
    } catch (IOException e) {
      events.accept(new AccountEvent.Problem(account, DurableFile.reason(e)));
    }
  }

  private void restart(Moment now, Map<Resource, Settled> known) {
    List<AccountEvent> news = new ArrayList<>();
    lock.lock();
    try {
      for (Resource resource : resources()) {
        Settled state = known.getOrDefault(resource, Lifecycle.resumed(now));
        states.put(resource, state);
        if (!known.isEmpty()) {
          announcer.settled(resource, new Scheduled(Optional.empty(), now)).forEach(news::add);
        }
      }
      workForTheLoop.signalAll();
      stateChanged.signalAll();
    } finally {
      lock.unlock();
    }
    news.forEach(events);
  }

  private void change(UnaryOperator<Settled> transition) {
    lock.lock();
    try {
      states.replaceAll((r, state) -> state instanceof Settled s ? transition.apply(s) : state);
      workForTheLoop.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Until something is due; false when the loop is to end. */
  private boolean sleep() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        Moment now = clocks.now();
        Optional<Moment> next = nextWakeup(now);
        if (next.isEmpty()) {
          workForTheLoop.await();
        } else if (next.get().reached(now)) {
          return true;
        } else {
          workForTheLoop.awaitNanos(next.get().untilFrom(now).toNanos());
        }
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  private Optional<Moment> nextWakeup(Moment now) {
    return states.entrySet().stream()
        .flatMap(e -> Lifecycle.nextWakeup(e.getValue(), asked.contains(e.getKey()), now).stream())
        .reduce(Moment.first(now));
  }

  private TokenAnswer await(Resource resource, long nanos) {
    boolean first = true;
    while (true) {
      Moment now = clocks.now();
      TokenState state = currentState(resource);
      Optional<AccessToken> token = Lifecycle.served(state, now);
      if (token.isPresent()) {
        return new TokenAnswer.Token(token.get().value(), token.get().expiry());
      }
      if (first && asked.add(resource)) {
        workForTheLoop.signalAll();
      }
      first = false;
      if (closed || nanos <= 0 || !worthWaiting(state, now, Duration.ofNanos(nanos))) {
        return withoutToken(state);
      }
      try {
        nanos = stateChanged.awaitNanos(nanos);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TokenAnswer.Unavailable("interrupted");
      }
    }
  }

  private TokenState currentState(Resource resource) {
    return Objects.requireNonNull(states.get(resource));
  }

  private static boolean worthWaiting(TokenState state, Moment now, Duration patience) {
    return switch (state) {
      case Refreshing _, Scheduled _ -> true;
      case SignedOut _, Stopped _ -> false;
      case Failing _ ->
          Lifecycle.nextWakeup(state, true, now)
              .filter(next -> next.untilFrom(now).compareTo(patience) < 0)
              .isPresent();
    };
  }

  private TokenAnswer withoutToken(TokenState state) {
    return switch (Summary.settled(state)) {
      case SignedOut out -> new TokenAnswer.SignInNeeded(out.reason());
      case Stopped s when s.remedy() == Remedy.WAIT -> new TokenAnswer.Unavailable(s.reason());
      case Stopped s -> new TokenAnswer.Misconfigured(s.reason());
      case Failing f -> new TokenAnswer.Unavailable(f.reason());
      case Scheduled _ ->
          new TokenAnswer.Unavailable(
              account.provider().title() + " has not answered yet; try again in a moment");
    };
  }
}
