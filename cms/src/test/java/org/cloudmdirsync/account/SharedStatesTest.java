package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.cloudmdirsync.account.TokenStates.Flight;
import org.cloudmdirsync.provider.Provider.Identity;
import org.cloudmdirsync.provider.Provider.TokenPer;
import org.cloudmdirsync.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Who waits is woken by what it waits for; a signal that is missing leaves it asleep for an hour.
 */
@Timeout(20)
class SharedStatesTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Secret TOKEN = Secret.of("the token a mail server is shown");

  private final TestClock clock = new TestClock();
  private final SharedStates states = states(Duration.ZERO);
  private final Resource resource = states.resources().getFirst();

  private SharedStates states(Duration startAfter) {
    Account account =
        World.account(URI.create("http://127.0.0.1:1/token"), TokenPer.ACCOUNT, Identity.ID_TOKEN);
    return new SharedStates(
        new TokenStates(account, clock.clocks().now().plus(startAfter), Optional::empty),
        clock.clocks());
  }

  @Test
  void aClientWhenItsTokenComes() throws Exception {
    Flight flight = states.takeOff().orElseThrow();
    Future<TokenAnswer> client = waiting(() -> states.token(resource, HOUR));
    states.land(flight, refreshed(), 0.5);
    assertThat(client.get()).isInstanceOf(TokenAnswer.Token.class);
  }

  @Test
  void aClientWhenItIsKnownThatNoneComes() throws Exception {
    Flight flight = states.takeOff().orElseThrow();
    Future<TokenAnswer> client = waiting(() -> states.token(resource, HOUR));
    states.land(flight, new Outcome.NoRefreshToken("nobody has signed in yet"), 0.5);
    assertThat(client.get()).isNotInstanceOf(TokenAnswer.Token.class);
  }

  @Test
  void aClientWhenSomebodySignsInAndOut() throws Exception {
    states.takeOff();
    Future<TokenAnswer> client = waiting(() -> states.token(resource, HOUR));
    states.signedOut();
    assertThat(client.get()).isNotInstanceOf(TokenAnswer.Token.class);
    states.restart(Map.of());
    states.takeOff();
    Future<TokenAnswer> another = waiting(() -> states.token(resource, HOUR));
    states.restart(Map.of(resource, Lifecycle.granted(token(), Optional.empty(), 0.5)));
    assertThat(another.get()).isInstanceOf(TokenAnswer.Token.class);
  }

  @Test
  void whoWaitsForARefreshWhenItIsOver() throws Exception {
    Flight flight = states.takeOff().orElseThrow();
    Future<AccountStatus> person = waiting(() -> states.refresh(HOUR));
    states.land(flight, refreshed(), 0.5);
    assertThat(person.get().condition()).isEqualTo(AccountStatus.Condition.READY);
  }

  @Test
  void theLoopWhenAServerRefusesTheToken() throws Exception {
    Future<Boolean> loop = idle();
    assertThat(states.refusedByServer(resource, TOKEN.tail())).isTrue();
    assertThat(loop.get()).isTrue();
  }

  @Test
  void theLoopWhenAPersonAsksForARefresh() throws Exception {
    Future<Boolean> loop = idle();
    Future<AccountStatus> person = waiting(() -> states.refresh(HOUR));
    assertThat(loop.get()).isTrue();
    assertThat(person).isNotDone();
  }

  @Test
  void theLoopWhenBetterTimesCome() throws Exception {
    Future<Boolean> loop = longFailing();
    states.wake();
    assertThat(loop.get()).isTrue();
  }

  @Test
  void theLoopWhenAClientAsks() throws Exception {
    SharedStates later = states(HOUR);
    Future<Boolean> loop = waiting(later::awaitWork);
    Future<TokenAnswer> client = waiting(() -> later.token(resource, HOUR));
    assertThat(loop.get()).isTrue();
    assertThat(client).isNotDone();
  }

  /**
   * Both ask in vain of the memory: the first during a request, the other after a night's sleep.
   */
  @Test
  void theLoopWhenAClientAsksAfterASleepThatNobodyNoticed() throws Exception {
    Flight flight = states.takeOff().orElseThrow();
    Future<TokenAnswer> early = waiting(() -> states.token(resource, HOUR));
    states.land(flight, refreshed(), 0.5);
    assertThat(early.get()).isInstanceOf(TokenAnswer.Token.class);
    Future<Boolean> loop = waiting(states::awaitWork);
    clock.suspend(HOUR.multipliedBy(8));
    Future<TokenAnswer> client = waiting(() -> states.token(resource, HOUR));
    assertThat(loop.get()).isTrue();
    assertThat(client).isNotDone();
  }

  @Test
  void theLoopWhenSomebodySignsIn() throws Exception {
    Future<Boolean> loop = idle();
    states.restart(Map.of());
    assertThat(loop.get()).isTrue();
  }

  @Test
  void everybodyWhenItIsOver() throws Exception {
    Future<Boolean> loop = idle();
    states.close();
    assertThat(loop.get()).isFalse();
  }

  @Test
  void clientsWhenItIsOver() throws Exception {
    states.takeOff();
    Future<TokenAnswer> client = waiting(() -> states.token(resource, HOUR));
    states.close();
    assertThat(client.get()).isNotInstanceOf(TokenAnswer.Token.class);
  }

  /** The loop, after a token has come, which is good for an hour. */
  private Future<Boolean> idle() throws InterruptedException {
    states.land(states.takeOff().orElseThrow(), refreshed(), 0.5);
    return waiting(states::awaitWork);
  }

  /** The loop, after so many failures that it waits for minutes before it tries again. */
  private Future<Boolean> longFailing() throws InterruptedException {
    for (int failures = 0; failures < 10; failures++) {
      clock.advance(HOUR);
      states.land(
          states.takeOff().orElseThrow(), new Outcome.Unavailable("the network is away"), 0.5);
    }
    return waiting(states::awaitWork);
  }

  private Outcome refreshed() {
    return new Outcome.Refreshed(token(), Optional.empty(), false);
  }

  private AccessToken token() {
    return new AccessToken(TOKEN, clock.clocks().now(), HOUR);
  }

  /** What another thread will return that waits by now. */
  private static <T> Future<T> waiting(Callable<T> call) throws InterruptedException {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = Thread.ofPlatform().daemon().start(task);
    while (thread.getState() != Thread.State.TIMED_WAITING && !task.isDone()) {
      Thread.sleep(1);
    }
    return task;
  }
}
