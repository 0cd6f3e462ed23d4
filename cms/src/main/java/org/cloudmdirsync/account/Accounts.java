package org.cloudmdirsync.account;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

  private final Map<String, TokenKeeper> keepers = new LinkedHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Clocks clocks;
  private final SignIns signIns;

  /**
   * Prepares; nothing is asked before {@link #start}.
   *
   * @param random safe for use by several threads; unpredictable, since it makes the states and
   *     verifiers of sign-ins
   * @param events called on the accounts' threads; must not block for long, nor throw
   */
  public Accounts(
      List<Account> accounts,
      SecretStore store,
      TokenEndpoint endpoint,
      Discovery discovery,
      UserInfo userInfo,
      InstantSource wall,
      RandomGenerator random,
      Consumer<AccountEvent> events) {
    this.clocks = new Clocks(wall, System::nanoTime);
    for (Account account : accounts) {
      TokenSource source = TokenSource.of(account, store, endpoint, discovery, clocks, random);
      Duration startAfter = BETWEEN_STARTS.multipliedBy(keepers.size());
      keepers.put(
          account.user(), new TokenKeeper(account, source, clocks, random, events, startAfter));
    }
    this.signIns = new SignIns(keepers, endpoint, discovery, userInfo, clocks, random, events);
  }

  /** Starts the loops: first tokens are obtained now, later ones before the earlier ones expire. */
  public void start() {
    for (TokenKeeper keeper : keepers.values()) {
      threads.add(Thread.ofVirtual().name("account " + keeper.account().user()).start(keeper::run));
    }
    threads.add(Thread.ofVirtual().name("clock watch").start(this::watchClocks));
  }

  /** One account's tokens. */
  public Optional<TokenKeeper> keeper(String user) {
    return Optional.ofNullable(keepers.get(user));
  }

  /** How all accounts stand, in the order of the configuration. */
  public List<AccountStatus> status() {
    return keepers.values().stream().map(TokenKeeper::status).toList();
  }

  /** Signing in with a browser. */
  public SignIns signIns() {
    return signIns;
  }

  /** Tries again whatever waits for better times: the network is back, or a person says so. */
  public void wake() {
    keepers.values().forEach(TokenKeeper::wake);
  }

  /** Ends the loops; a refresh token that is being rotated is stored before this returns. */
  @Override
  public void close() {
    closing.countDown();
    keepers.values().forEach(TokenKeeper::stop);
    boolean interrupted = false;
    for (Thread thread : threads) {
      interrupted |= !joined(thread);
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
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
