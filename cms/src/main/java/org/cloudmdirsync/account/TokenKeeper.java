package org.cloudmdirsync.account;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.cloudmdirsync.account.TokenStates.Flight;
import org.cloudmdirsync.oauth.TokenResponse.Granted;
import org.cloudmdirsync.oauth.TokenResponse.Remedy;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.secret.DurableFile;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.secret.Validity;

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
  private final TokenSource rotation;
  private final Clocks clocks;
  private final RandomGenerator random;
  private final Consumer<AccountEvent> events;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition workForTheLoop = lock.newCondition();
  private final Condition stateChanged = lock.newCondition();
  private final TokenStates states;
  private boolean closed;
  private volatile boolean retired;

  TokenKeeper(
      Account account,
      TokenSource rotation,
      Clocks clocks,
      RandomGenerator random,
      Consumer<AccountEvent> events,
      Duration startAfter) {
    this.account = account;
    this.rotation = rotation;
    this.clocks = clocks;
    this.random = random;
    this.events = events;
    this.states = new TokenStates(account, clocks.now().plus(startAfter), rotation::validity);
  }

  /** The account whose tokens these are. */
  public Account account() {
    return account;
  }

  String user() {
    return account.user();
  }

  /** Whether the tokens kept here are what this account, if there is one, asks for. */
  boolean serves(Optional<Account> wanted) {
    return wanted.filter(account::sharesTokensWith).isPresent();
  }

  /** A valid token for one use, if there is one in memory; never waits. */
  public Optional<TokenAnswer.Token> heldToken(Protocol use) {
    Optional<Resource> resource = resourceFor(use);
    if (resource.isEmpty()) {
      return Optional.empty();
    }
    lock.lock();
    try {
      return Lifecycle.served(states.of(resource.get()), clocks.now()).map(TokenKeeper::answer);
    } finally {
      lock.unlock();
    }
  }

  /**
   * A token for one use: from memory, or from the refresh under way.
   *
   * @param patience how long the caller can wait; an answer comes by then in every case
   */
  public TokenAnswer token(Protocol use, Duration patience) {
    Optional<Resource> resource = resourceFor(use);
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

  /**
   * A mail server has refused the token with this tail. If it is the one handed out, it is so no
   * more and another is obtained; at most every 30 s, however often a server refuses. The refresh
   * token stays.
   */
  public void refusedByServer(Protocol use, String tail) {
    if (resourceFor(use).filter(resource -> drop(resource, tail)).isPresent()) {
      events.accept(new AccountEvent.TokenRefused(account));
    }
  }

  private boolean drop(Resource resource, String tail) {
    lock.lock();
    try {
      boolean dropped = states.refusedByServer(resource, tail, clocks.now());
      if (dropped) {
        workForTheLoop.signalAll();
      }
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /** How the account stands. */
  public AccountStatus status() {
    lock.lock();
    try {
      return states.status(clocks.now());
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

  /**
   * Asks for a new token now, though the one at hand may be good: on a person's word. What a server
   * asked us to wait for is still waited for.
   *
   * @param patience how long to wait for the answer
   * @return how the account stands then
   */
  public AccountStatus refresh(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      states.change(state -> Lifecycle.hurry(state, clocks.now()));
      workForTheLoop.signalAll();
      long nanos = patience.toNanos();
      while (!closed && nanos > 0 && states.busy(clocks.now())) {
        nanos = stateChanged.awaitNanos(nanos);
      }
      return states.status(clocks.now());
    } finally {
      lock.unlock();
    }
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

  /** Whether the account has left the configuration, or was replaced in it. */
  boolean retired() {
    return retired;
  }

  /** Stops for good: a sign-in that was begun does not count any more. */
  void retire() {
    retired = true;
    stop();
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
      return states.nextWakeup(clocks.now());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Starts anew with what a sign-in granted.
   *
   * @param redeemed the resource whose access token came with it
   * @param asked when it was asked for
   * @throws IOException when the refresh token is only in memory so far; it will be stored
   */
  void signedIn(Resource redeemed, Granted granted, Moment asked) throws IOException {
    try {
      rotation.adopt(granted);
    } catch (IOException e) {
      restart(clocks.now(), Map.of());
      throw e;
    }
    AccessToken token = new AccessToken(granted.accessToken(), asked, granted.life());
    Settled next = Lifecycle.granted(token, granted.refreshTokenLife(), random.nextDouble());
    restart(clocks.now(), Map.of(redeemed, next));
    events.accept(new AccountEvent.TokenObtained(account, token.expiry()));
  }

  /** Takes the refresh token back at the provider where that can be done, and off the disk. */
  SignOutResult signOut() {
    SignOutResult result = rotation.signOut();
    switch (result) {
      case SignOutResult.Revoked _, SignOutResult.NotRevocable _, SignOutResult.NotReached _ -> {
        forget();
        events.accept(new AccountEvent.SignedOut(account));
      }
      // There may be an access token all the same, of a provider that gave nothing else.
      case SignOutResult.NobodySignedIn _ -> forget();
      case SignOutResult.Failed _, SignOutResult.UnknownUser _ -> {}
    }
    return result;
  }

  private void forget() {
    lock.lock();
    try {
      states.signedOut(clocks.now());
      stateChanged.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Between which moments the sign-in is good, as far as that is known. */
  Optional<Validity> validity() {
    return rotation.validity();
  }

  /** Whether a sign-in that brings no refresh token can build on an earlier one's. */
  boolean hasRefreshToken() throws IOException {
    return rotation.signedIn();
  }

  /** What the next authorization request must say beside the usual. */
  Map<String, String> challenge() {
    lock.lock();
    try {
      return states.challenge();
    } finally {
      lock.unlock();
    }
  }

  List<Resource> resources() {
    return states.resources();
  }

  private Optional<Resource> resourceFor(Protocol use) {
    for (Resource resource : resources()) {
      if (resource.uses().contains(use)) {
        return Optional.of(resource);
      }
    }
    return Optional.empty();
  }

  private static TokenAnswer.Token answer(AccessToken token) {
    return new TokenAnswer.Token(token.value(), token.expiry());
  }

  private Optional<Flight> takeOff() {
    lock.lock();
    try {
      return states.takeOff(clocks.now());
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
      List<AccountEvent> news = states.land(flight, outcome, clocks.now(), random.nextDouble());
      stateChanged.signalAll();
      return news;
    } finally {
      lock.unlock();
    }
  }

  private boolean refusedEverywhere() {
    lock.lock();
    try {
      return states.refusedEverywhere();
    } finally {
      lock.unlock();
    }
  }

  private void putAway(Secret dead) {
    try {
      rotation.quarantine(dead);
    } catch (IOException e) {
      events.accept(new AccountEvent.Problem(account, DurableFile.reason(e)));
    }
  }

  private void restart(Moment now, Map<Resource, Settled> known) {
    List<AccountEvent> news;
    lock.lock();
    try {
      news = states.restart(now, known);
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
      states.change(transition);
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
        Optional<Moment> next = states.nextWakeup(now);
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

  private TokenAnswer await(Resource resource, long nanos) {
    boolean first = true;
    while (true) {
      Moment now = clocks.now();
      TokenState state = states.of(resource);
      Optional<AccessToken> token = Lifecycle.served(state, now);
      if (token.isPresent()) {
        return answer(token.get());
      }
      if (first && states.ask(resource)) {
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
