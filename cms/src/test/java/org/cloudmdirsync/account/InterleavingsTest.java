package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.simulator.Switch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two daemons on one state directory, at a provider that rotates and kills the whole family when a
 * refresh token is used twice: refreshes, sign-ins, reloads and terminations in random order, at
 * random distances of some milliseconds. Not one refresh token may ever be used twice, nobody may
 * be asked to sign in, and what is served must be good.
 */
@Timeout(300)
final class InterleavingsTest {
  private static final int INTERLEAVINGS = 500;
  private static final long SEED = 8_628;

  /** About as long as a refresh takes here, so that things meet. */
  private static final int LONGEST_PAUSE_MICROS = 4_000;

  private static final List<Act> ACTS = List.of(Act.values());

  @TempDir Path temporary;

  private enum Act {
    REFRESH,
    LOGIN,
    /** SIGTERM: the loops end, wherever they are, and others begin. */
    RESTART,
    LOGIN_ACROSS_A_RESTART,
    /** The account is read again as it was, or for another use, which ends its loop. */
    RELOAD,
    LOGIN_ACROSS_A_RELOAD
  }

  @Test
  void noFamilyIsEverKilled() throws Exception {
    Random random = new Random(SEED);
    try (Cloud cloud = new Cloud(temporary.resolve("cms"));
        HttpClient browser = HttpClient.newHttpClient();
        Machine machine = new Machine(cloud, browser)) {
      machine.login(0);
      cloud.events.clear();
      for (int i = 0; i < INTERLEAVINGS; i++) {
        machine.play(random);
        machine.check("interleaving " + i + " of seed " + SEED);
      }
      assertThat(cloud.simulator.counters().get("refreshes")).isGreaterThan(INTERLEAVINGS);
      assertThat(cloud.simulator.counters().get("sign-ins")).isGreaterThan(INTERLEAVINGS / 2);
    }
  }

  /** Both daemons, and whoever sits before them. */
  private static final class Machine implements AutoCloseable {
    private final Cloud cloud;
    private final HttpClient browser;
    private final Account account;
    private final List<AtomicReference<Accounts>> daemons = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Machine(Cloud cloud, HttpClient browser) throws IOException {
      this.cloud = cloud;
      this.browser = browser;
      this.account = cloud.generic();
      cloud.simulator.switches().set(Switch.AUTO_APPROVE, true);
      for (int i = 0; i < 2; i++) {
        daemons.add(new AtomicReference<>(started()));
      }
    }

    private Accounts started() throws IOException {
      Accounts accounts = cloud.accounts(account);
      accounts.start();
      return accounts;
    }

    /** Both have something to refresh; and some more happens, all at once. */
    void play(Random random) throws Exception {
      cloud.clock.advance(Duration.ofMinutes(52));
      List<Future<?>> acts = new ArrayList<>();
      acts.add(later(random, () -> act(Act.REFRESH, 0)));
      acts.add(later(random, () -> act(Act.REFRESH, 1)));
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        Act act = ACTS.get(random.nextInt(ACTS.size()));
        int daemon = random.nextInt(2);
        acts.add(later(random, () -> act(act, daemon)));
      }
      for (Future<?> act : acts) {
        act.get();
      }
    }

    private Future<?> later(Random random, Callable<?> act) {
      long nanos = random.nextInt(LONGEST_PAUSE_MICROS) * 1_000L;
      return threads.submit(() -> {
        LockSupport.parkNanos(nanos);
        return act.call();
      });
    }

    private Act act(Act act, int daemon) throws Exception {
      switch (act) {
        case REFRESH -> daemon(daemon).wake();
        case LOGIN -> {
          // A reload meanwhile may have ended it: then whoever sat there begins again.
          Accounts accounts = daemon(daemon);
          accounts.signIns().complete(approve(accounts));
        }
        case RESTART -> restart(daemon);
        case LOGIN_ACROSS_A_RESTART -> {
          Accounts before = daemon(daemon);
          URI callback = approve(before);
          restart(daemon);
          // As an old page does it; a new daemon would not know the state.
          before.signIns().complete(callback);
          daemon(daemon).wake();
        }
        case RELOAD -> {
          reload(daemon, otherUse());
          reload(daemon, account);
        }
        case LOGIN_ACROSS_A_RELOAD -> {
          Accounts before = daemon(daemon);
          URI callback = approve(before);
          reload(daemon, otherUse());
          before.signIns().complete(callback);
          reload(daemon, account);
        }
      }
      return act;
    }

    private void restart(int daemon) throws IOException {
      synchronized (daemons.get(daemon)) {
        daemon(daemon).close();
        daemons.get(daemon).set(started());
      }
    }

    private void reload(int daemon, Account as) {
      synchronized (daemons.get(daemon)) {
        daemon(daemon).reload(List.of(as));
      }
    }

    private Account otherUse() {
      return new Account(
          account.user(),
          account.provider(),
          account.client(),
          account.saslUser(),
          account.scopes(),
          Set.of(Protocol.SMTP, Protocol.IMAP),
          account.grant());
    }

    void login(int daemon) throws Exception {
      Accounts accounts = daemon(daemon);
      assertThat(accounts.signIns().complete(approve(accounts)))
          .isEqualTo(new SignInResult.SignedIn(Cloud.USER));
    }

    private URI approve(Accounts accounts) throws Exception {
      BeginResult begun = accounts.signIns().begin(Cloud.USER);
      while (begun instanceof BeginResult.UnknownUser) {
        // In the midst of a reload.
        Thread.sleep(1);
        begun = accounts.signIns().begin(Cloud.USER);
      }
      assertThat(begun).isInstanceOf(BeginResult.Redirect.class);
      HttpRequest page = HttpRequest.newBuilder(((BeginResult.Redirect) begun).uri()).build();
      return URI.create(
          browser
              .send(page, BodyHandlers.ofString())
              .headers()
              .firstValue("Location")
              .orElseThrow());
    }

    private Accounts daemon(int daemon) {
      return daemons.get(daemon).get();
    }

    void check(String where) {
      assertThat(cloud.simulator.counters().get("reuses")).as(where).isZero();
      assertThat(cloud.simulator.counters().get("code-reuses")).as(where).isZero();
      for (int i = 0; i < 2; i++) {
        TokenAnswer answer =
            daemon(i).keeper(Cloud.USER).orElseThrow().token(Protocol.SMTP, Duration.ofSeconds(20));
        assertThat(answer).as(where).isInstanceOf(TokenAnswer.Token.class);
        assertThat(cloud.simulator.expiry(((TokenAnswer.Token) answer).accessToken().expose()))
            .as(where)
            .isAfter(cloud.now());
      }
      assertThat(List.copyOf(cloud.events))
          .as(where)
          .noneMatch(AccountEvent.SignInNeeded.class::isInstance)
          .noneMatch(AccountEvent.Problem.class::isInstance);
    }

    @Override
    public void close() {
      daemons.forEach(daemon -> daemon.get().close());
      threads.close();
    }
  }
}
