package org.cloudmdirsync.account;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.cloudmdirsync.oauth.Discovery;
import org.cloudmdirsync.oauth.TokenEndpoint;
import org.cloudmdirsync.oauth.UserInfo;
import org.cloudmdirsync.secret.SecretStore;

/**
 * All accounts of a daemon: one {@link TokenKeeper} and one virtual thread each, and one thread
 * that watches the clocks for all of them.
 */
public final class Accounts implements AutoCloseable {
  /** A suspend or a step of the clock is noticed within this time. */
  private static final Duration CLOCK_CHECK = Duration.ofSeconds(30);

  /** A thousand accounts start within ten seconds, not in one burst; a single one at once. */
  private static final Duration BETWEEN_STARTS = Duration.ofMillis(10);

  private final ConcurrentMap<String, TokenKeeper> keepers = new ConcurrentHashMap<>();
  private final Map<TokenKeeper, Thread> loops = new HashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Clocks clocks;
  private final SignIns signIns;
  private final Consumer<AccountEvent> events;
  private final Nudges nudges;
  private final BiFunction<Account, Duration, TokenKeeper> newKeeper;
  private volatile List<TokenKeeper> inOrder = List.of();
  private Optional<Thread> clockWatch = Optional.empty();

  /** The same, with the usual hours. */
  public Accounts(
      List<Account> accounts,
      SecretStore store,
      TokenEndpoint endpoint,
      Discovery discovery,
      UserInfo userInfo,
      InstantSource wall,
      RandomGenerator random,
      Consumer<AccountEvent> events) {
    this(accounts, store, endpoint, discovery, userInfo, wall, random, events, NudgeHours.usual());
  }

  /**
   * Prepares; nothing is asked before {@link #start}.
   *
   * @param random safe for use by several threads; unpredictable, since it makes the states and
   *     verifiers of sign-ins
   * @param events called on the accounts' threads; must not block for long, nor throw
   * @param hours when a person may be told that a sign-in lapses in some days
   */
  public Accounts(
      List<Account> accounts,
      SecretStore store,
      TokenEndpoint endpoint,
      Discovery discovery,
      UserInfo userInfo,
      InstantSource wall,
      RandomGenerator random,
      Consumer<AccountEvent> events,
      NudgeHours hours) {
    this.clocks = new Clocks(wall, System::nanoTime);
    this.events = events;
    this.newKeeper =
        (account, startAfter) ->
            new TokenKeeper(
                account,
                TokenSource.of(account, store, endpoint, discovery, clocks, random),
                clocks,
                random,
                events,
                startAfter);
    this.nudges = new Nudges(hours, events);
    this.signIns = new SignIns(keepers, endpoint, discovery, userInfo, clocks, random, events);
    take(accounts);
  }

  /** Starts the loops: first tokens are obtained now, later ones before the earlier ones expire. */
  public synchronized void start() {
    inOrder.forEach(this::startLoop);
    clockWatch = Optional.of(Thread.ofVirtual().name("clock watch").start(this::watchClocks));
  }

  /**
   * Goes on with these accounts. Those whose tokens serve as before keep them, and the sign-ins
   * that were begun for them. The others' loops end, and new ones begin; a refresh token that is
   * being rotated is stored before this returns.
   */
  public synchronized void reload(List<Account> accounts) {
    List<TokenKeeper> before = inOrder;
    Map<String, Account> wanted = new HashMap<>();
    accounts.forEach(account -> wanted.put(account.user(), account));
    List<TokenKeeper> ended =
        before.stream()
            .filter(keeper -> !keeper.serves(Optional.ofNullable(wanted.get(keeper.user()))))
            .toList();
    ended.forEach(keeper -> keepers.remove(keeper.user()));
    ended.forEach(TokenKeeper::retire);
    joinAll(ended);
    take(accounts);
    // Nothing comes from the old loops any more, and nothing from the new ones yet.
    ended.forEach(keeper -> events.accept(new AccountEvent.Retired(keeper.account())));
    if (closing.getCount() > 0) {
      inOrder.stream().filter(keeper -> !loops.containsKey(keeper)).forEach(this::startLoop);
    }
  }

  private void take(List<Account> accounts) {
    List<TokenKeeper> taken = new ArrayList<>();
    for (Account account : accounts) {
      Duration startAfter = Duration.ofMillis(BETWEEN_STARTS.toMillis() * taken.size());
      taken.add(keepers.computeIfAbsent(account.user(), _ -> newKeeper.apply(account, startAfter)));
    }
    inOrder = List.copyOf(taken);
  }

  private void startLoop(TokenKeeper keeper) {
    loops.put(keeper, Thread.ofVirtual().name("account " + keeper.user()).start(keeper::run));
  }

  /** One account's tokens. */
  public Optional<TokenKeeper> keeper(String user) {
    return Optional.ofNullable(keepers.get(user));
  }

  /** How all accounts stand, in the order of the configuration. */
  public List<AccountStatus> status() {
    return inOrder.stream().map(TokenKeeper::status).toList();
  }

  /** Signing in with a browser. */
  public SignIns signIns() {
    return signIns;
  }

  /** Tries again whatever waits for better times: the network is back, or a person says so. */
  public void wake() {
    inOrder.forEach(TokenKeeper::wake);
  }

  /** Ends the loops; a refresh token that is being rotated is stored before this returns. */
  @Override
  public void close() {
    closing.countDown();
    inOrder.forEach(TokenKeeper::stop);
    end();
  }

  private synchronized void end() {
    inOrder.forEach(TokenKeeper::stop);
    joinAll(inOrder);
    clockWatch.ifPresent(Accounts::joined);
  }

  private void joinAll(List<TokenKeeper> ended) {
    boolean interrupted = false;
    for (TokenKeeper keeper : ended) {
      Optional<Thread> loop = Optional.ofNullable(loops.remove(keeper));
      interrupted |= loop.isPresent() && !joined(loop.get());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A rotation is worth waiting for even by a thread that is told to hurry. */
  private static boolean joined(Thread thread) {
    boolean undisturbed = true;
    while (true) {
      try {
        thread.join();
        return undisturbed;
      } catch (InterruptedException e) {
        undisturbed = false;
      }
    }
  }

  private void watchClocks() {
    ClockWatch watch = new ClockWatch(clocks.now());
    try {
      while (!closing.await(CLOCK_CHECK.toSeconds(), TimeUnit.SECONDS)) {
        if (watch.jumped(clocks.now())) {
          wake();
        }
        nudges.look(inOrder, clocks.now().wall());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
