package org.cloudmdirsync.account;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.cloudmdirsync.account.TokenState.Settled;
import org.cloudmdirsync.account.TokenStates.Flight;
import org.cloudmdirsync.oauth.TokenResponse.Granted;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.secret.DurableFile;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.secret.Validity;

/**
 * Keeps one account's access tokens fresh.
 *
 * <p>One loop per account makes all its requests, so there is never more than one under way;
 * whoever wants a token takes it from memory or waits for that loop, at {@link SharedStates}.
 */
public final class TokenKeeper {
  private static final System.Logger LOG = System.getLogger(TokenKeeper.class.getName());

  private final Account account;
  private final TokenSource rotation;
  private final RandomGenerator random;
  private final Consumer<AccountEvent> events;
  private final SharedStates states;
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
    this.random = random;
    this.events = events;
    this.states =
        new SharedStates(
            new TokenStates(account, clocks.now().plus(startAfter), rotation::validity), clocks);
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
    return resource.isPresent() ? states.held(resource.get()) : Optional.empty();
  }

  /**
   * A token for one use: from memory, or from the refresh under way.
   *
   * @param patience how long the caller can wait; an answer comes by then in every case
   */
  public TokenAnswer token(Protocol use, Duration patience) {
    Optional<Resource> resource = resourceFor(use);
    return resource.isPresent()
        ? states.token(resource.get(), patience)
        : new TokenAnswer.NotServed(account.user() + " is not configured for " + use);
  }

  /**
   * A mail server has refused the token with this tail. If it is the one handed out, it is so no
   * more and another is obtained; at most every 30 s, however often a server refuses. The refresh
   * token stays.
   */
  public void refusedByServer(Protocol use, String tail) {
    Optional<Resource> resource = resourceFor(use);
    if (resource.isPresent() && states.refusedByServer(resource.get(), tail)) {
      events.accept(new AccountEvent.TokenRefused(account));
    }
  }

  private Optional<Resource> resourceFor(Protocol use) {
    for (Resource resource : resources()) {
      if (resource.uses().contains(use)) {
        return Optional.of(resource);
      }
    }
    return Optional.empty();
  }

  List<Resource> resources() {
    return states.resources();
  }

  /** How the account stands. */
  public AccountStatus status() {
    return states.status();
  }

  /**
   * Tries again what waits for better times: after a suspend, a step of the clock, a change of the
   * network, or on a person's word. What a server asked us to wait for is still waited for.
   */
  public void wake() {
    states.wake();
  }

  /**
   * Asks for a new token now, though the one at hand may be good: on a person's word. What a server
   * asked us to wait for is still waited for.
   *
   * @param patience how long to wait for the answer
   * @return how the account stands then
   */
  public AccountStatus refresh(Duration patience) throws InterruptedException {
    return states.refresh(patience);
  }

  /** The loop: until {@link #stop}, and then until what is under way has been stored. */
  void run() {
    try {
      while (states.awaitWork()) {
        step();
      }
      rotation.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      events.accept(new AccountEvent.Problem(account, DurableFile.reason(e)));
    }
  }

  /** Does what is due, if anything; then says when to look again. */
  Optional<Moment> step() {
    Optional<Flight> due = states.takeOff();
    if (due.isPresent()) {
      fly(due.get());
    }
    return states.nextWakeup();
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
    states.land(flight, outcome, random.nextDouble()).forEach(events);
    if (outcome instanceof Outcome.Refused refused && states.refusedEverywhere()) {
      putAway(refused.refreshToken());
    }
  }

  private void putAway(Secret dead) {
    try {
      rotation.quarantine(dead);
    } catch (IOException e) {
      events.accept(new AccountEvent.Problem(account, DurableFile.reason(e)));
    }
  }

  /** Stops for good: a sign-in that was begun does not count any more. */
  void retire() {
    retired = true;
    stop();
  }

  /** Whether the account has left the configuration, or was replaced in it. */
  boolean retired() {
    return retired;
  }

  void stop() {
    states.close();
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
      states.restart(Map.of()).forEach(events);
      throw e;
    }
    AccessToken token = new AccessToken(granted.accessToken(), asked, granted.life());
    Settled next = Lifecycle.granted(token, granted.refreshTokenLife(), random.nextDouble());
    states.restart(Map.of(redeemed, next)).forEach(events);
    events.accept(new AccountEvent.TokenObtained(account, token.expiry()));
  }

  /** Takes the refresh token back at the provider where that can be done, and off the disk. */
  SignOutResult signOut() {
    SignOutResult result = rotation.signOut();
    switch (result) {
      case SignOutResult.Revoked _, SignOutResult.NotRevocable _, SignOutResult.NotReached _ -> {
        states.signedOut();
        events.accept(new AccountEvent.SignedOut(account));
      }
      // There may be an access token all the same, of a provider that gave nothing else.
      case SignOutResult.NobodySignedIn _ -> states.signedOut();
      case SignOutResult.Failed _, SignOutResult.UnknownUser _ -> {}
    }
    return result;
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
    return states.challenge();
  }
}
