package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.cloudmdirsync.account.AccountEvent.Problem;
import org.cloudmdirsync.account.AccountEvent.SignInNeeded;
import org.cloudmdirsync.account.AccountStatus.Condition;
import org.cloudmdirsync.account.TokenServer.Fault;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.provider.Provider.TokenPer;
import org.cloudmdirsync.secret.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One account's answers: who waits, who is refused, and what happens to a dead refresh token. */
@Timeout(60)
final class TokenKeeperTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(100);

  @TempDir Path temporary;
  private World world;

  @BeforeEach
  void open() throws IOException {
    world = new World(temporary.resolve("cms"), TokenPer.RESOURCE);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void fiftyClientsShareOneRequestPerResource() throws Exception {
    world.signedInBefore();
    world.server.gate = new CountDownLatch(1);
    Thread loop = Thread.ofVirtual().start(world.keeper::run);
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<TokenAnswer> client = () -> world.keeper.token(Protocol.SMTP, LONG);
      List<Future<TokenAnswer>> answers =
          IntStream.range(0, 50).mapToObj(i -> clients.submit(client)).toList();
      world.server.arrived.await();
      world.server.gate.countDown();
      for (Future<TokenAnswer> answer : answers) {
        assertThat(answer.get()).isInstanceOf(TokenAnswer.Token.class);
      }
    }
    world.keeper.stop();
    loop.join();

    assertThat(world.server.requests).extracting(form -> form.get("scope")).doesNotHaveDuplicates();
  }

  @Test
  void aHangingProviderKeepsNobodyWaitingBeyondTheirPatience() throws Exception {
    world.signedInBefore();
    world.server.gate = new CountDownLatch(1);
    Thread loop = Thread.ofVirtual().start(world.keeper::run);
    world.server.arrived.await();

    assertThat(world.keeper.token(Protocol.SMTP, SHORT))
        .isEqualTo(
            new TokenAnswer.Unavailable("Example has not answered yet; try again in a moment"));
    assertThat(world.keeper.status().condition()).isEqualTo(Condition.STARTING);

    world.keeper.stop();
    world.server.gate.countDown();
    loop.join();
    assertThat(world.server.accepts(world.storedRefreshToken())).isTrue();
    assertThat(world.storedRefreshToken()).as("stored after stop").isEqualTo("refresh-token-2");
  }

  @Test
  void nobodySignedInYet() {
    assertThat(world.ask()).isInstanceOf(TokenAnswer.Unavailable.class);
    world.pass(Duration.ofDays(1));

    assertThat(world.ask()).isEqualTo(new TokenAnswer.SignInNeeded("nobody has signed in yet"));
    assertThat(world.events(SignInNeeded.class)).hasSize(1);
    assertThat(world.server.count()).isZero();
  }

  @Test
  void aTokenThatAServerRefusedIsReplaced() throws IOException {
    world.signedInBefore();
    world.pass(Duration.ofMinutes(2));
    String first = served();
    int before = world.server.count();

    world.keeper.refusedByServer(Protocol.SMTP, Secret.of(first).tail());
    assertThat(world.keeper.heldToken(Protocol.SMTP)).isEmpty();
    world.pass(Duration.ofSeconds(1));

    assertThat(served()).isNotEqualTo(first);
    assertThat(world.server.count()).isEqualTo(before + 1);
    assertThat(world.server.accepts(world.storedRefreshToken())).isTrue();
    assertThat(world.events(AccountEvent.TokenRefused.class)).hasSize(1);

    world.keeper.refusedByServer(Protocol.SMTP, Secret.of(first).tail());
    assertThat(world.keeper.heldToken(Protocol.SMTP)).as("an old one is no news").isPresent();
  }

  @Test
  void aServerThatRefusesEveryTokenDoesNotMakeUsHammer() throws IOException {
    world.signedInBefore();
    world.pass(Duration.ofMinutes(2));
    int before = world.server.count();

    for (int second = 0; second < 65; second++) {
      world.keeper.refusedByServer(Protocol.SMTP, Secret.of(served()).tail());
      world.keeper.step();
      world.clock.advance(Duration.ofSeconds(1));
    }

    assertThat(world.server.count()).isEqualTo(before + 3);
  }

  @Test
  void aRefreshUnderWayIsJoinedWhenAServerRefusesTheToken() throws Exception {
    world.signedInBefore();
    world.pass(Duration.ofMinutes(2));
    String first = served();
    world.clock.advance(Duration.ofMinutes(52));
    world.server.arrived = new CountDownLatch(1);
    world.server.gate = new CountDownLatch(1);
    long before = requestsForSmtp();
    Thread loop = Thread.ofVirtual().start(world.keeper::run);
    world.server.arrived.await();

    world.keeper.refusedByServer(Protocol.SMTP, Secret.of(first).tail());
    assertThat(world.keeper.heldToken(Protocol.SMTP)).isEmpty();
    world.server.gate.countDown();
    assertThat(world.keeper.token(Protocol.SMTP, LONG)).isInstanceOf(TokenAnswer.Token.class);

    world.keeper.stop();
    loop.join();
    assertThat(served()).isNotEqualTo(first);
    assertThat(requestsForSmtp()).isEqualTo(before + 1);
  }

  private long requestsForSmtp() {
    return world.server.requests.stream()
        .filter(form -> String.valueOf(form.get("scope")).contains("SMTP"))
        .count();
  }

  private String served() {
    return world.keeper.heldToken(Protocol.SMTP).orElseThrow().accessToken().expose();
  }

  @Test
  void aUseThatIsNotConfiguredIsNotServed() {
    assertThat(world.keeper.token(Protocol.POP, SHORT)).isInstanceOf(TokenAnswer.NotServed.class);
  }

  @Test
  void oneRefreshTokenServesBothResources() throws IOException {
    world.signedInBefore();
    world.pass(Duration.ofMinutes(2));

    assertThat(world.server.requests)
        .extracting(form -> form.get("scope"))
        .containsExactly(
            "https://outlook.example/SMTP.Send openid offline_access",
            "https://graph.example/Mail.ReadWrite openid offline_access");
    assertThat(world.keeper.status().condition()).isEqualTo(Condition.READY);
    assertThat(world.server.accepts(world.storedRefreshToken())).isTrue();
  }

  @Test
  void aRefusalOfOneResourceIsNotTheEndOfTheOther() throws IOException {
    world.server.refusedScopes.add("https://graph.example/Mail.ReadWrite");
    world.signedInBefore();
    world.pass(Duration.ofHours(5));

    assertThat(world.ask()).isInstanceOf(TokenAnswer.Token.class);
    assertThat(world.keeper.token(Protocol.MAILBOX, SHORT))
        .isInstanceOf(TokenAnswer.SignInNeeded.class);
    assertThat(world.storedRefreshToken()).isNotEqualTo("none");
    assertThat(world.events(SignInNeeded.class)).hasSize(1);
  }

  @Test
  void aDeadRefreshTokenIsPutAwayAndTheValidTokenServedToItsEnd() throws IOException {
    world.signedInBefore();
    world.pass(Duration.ofMinutes(30));
    String dead = world.storedRefreshToken();
    world.server.fault = Fault.INVALID_GRANT;
    world.pass(Duration.ofMinutes(20));

    assertThat(world.ask()).isInstanceOf(TokenAnswer.Token.class);
    assertThat(world.events(SignInNeeded.class)).hasSize(1);
    assertThat(world.storedRefreshToken()).isEqualTo("none");
    world.moveBack();
    assertThat(world.storedRefreshToken()).isEqualTo(dead);

    int requests = world.server.count();
    world.pass(Duration.ofDays(3));
    assertThat(world.server.count()).as("nobody is asked any more").isEqualTo(requests);
    assertThat(world.ask())
        .isInstanceOfSatisfying(
            TokenAnswer.SignInNeeded.class,
            answer -> assertThat(answer.reason()).contains("Token has been revoked."));
  }

  @Test
  void theFormerRefreshTokenIsFallenBackToOnceBothResourcesRefuse() throws IOException {
    world.signedInBefore();
    world.pass(Duration.ofMinutes(2));
    world.store("written by mistake");
    world.pass(Duration.ofHours(2));

    assertThat(world.events(SignInNeeded.class)).isEmpty();
    assertThat(world.keeper.status().condition()).isEqualTo(Condition.READY);
    assertThat(world.server.accepts(world.storedRefreshToken())).isTrue();
  }

  @Test
  void aRestoredRefreshTokenIsNoticedOnWake() throws IOException {
    world.signedInBefore();
    world.server.fault = Fault.INVALID_GRANT;
    world.pass(Duration.ofMinutes(2));
    world.server.fault = Fault.NONE;
    world.moveBack();
    world.keeper.wake();
    world.pass(Duration.ofMinutes(2));

    assertThat(world.ask()).isInstanceOf(TokenAnswer.Token.class);
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_CLIENT, MISCONFIGURED,  Misconfigured",
    "POLICY,         MISCONFIGURED,  Misconfigured",
    "LOOP,           UNAVAILABLE,    Unavailable",
    "CONSENT,        SIGN_IN_NEEDED, SignInNeeded",
    "MFA,            SIGN_IN_NEEDED, SignInNeeded",
    "BUSY,           UNAVAILABLE,    Unavailable",
  })
  void whatARefusalMeans(Fault fault, Condition condition, String answer) throws IOException {
    world.signedInBefore();
    world.server.fault = fault;
    world.pass(Duration.ofMinutes(2));

    assertThat(world.ask().getClass().getSimpleName()).isEqualTo(answer);
    assertThat(world.keeper.status().condition()).isEqualTo(condition);
    assertThat(world.keeper.status().problem()).isPresent();
  }

  @ParameterizedTest
  @EnumSource(names = {"INVALID_CLIENT", "POLICY"})
  void aProblemKeepsTheRefreshTokenAndIsSaidOnce(Fault fault) throws IOException {
    world.signedInBefore();
    world.server.fault = fault;
    world.pass(Duration.ofHours(10));

    assertThat(world.storedRefreshToken()).isEqualTo("refresh-token-1");
    assertThat(world.events(Problem.class)).hasSize(1);
    assertThat(world.server.count()).as("once an hour and resource").isLessThanOrEqualTo(22);
  }

  @Test
  void aTokenOfAnotherTypeIsNotServedButItsRefreshTokenKept() throws IOException {
    world.signedInBefore();
    world.server.fault = Fault.OTHER_TYPE;
    world.pass(Duration.ofMinutes(2));

    assertThat(world.ask())
        .isInstanceOfSatisfying(
            TokenAnswer.Unavailable.class,
            answer -> assertThat(answer.reason()).contains("type mac").contains("Bearer"));
    assertThat(world.storedRefreshToken()).isEqualTo("refresh-token-" + (1 + world.server.count()));
  }

  @Test
  void anUngrantedScopeIsNamed() throws IOException {
    world.signedInBefore();
    world.server.grantedScope = Optional.of("openid");
    world.pass(Duration.ofMinutes(2));

    assertThat(world.keeper.status().problem())
        .hasValueSatisfying(
            words -> assertThat(words).contains("https://outlook.example/SMTP.Send"));
    assertThat(world.server.accepts(world.storedRefreshToken())).isTrue();
    assertThat(world.keeper.challenge()).containsEntry("prompt", "consent");
  }

  @Test
  void aDamagedFileIsNamedAndKept() throws IOException {
    world.signedInBefore();
    Path file = world.credentialFile();
    Files.writeString(file, "foreign");
    world.pass(Duration.ofMinutes(2));

    assertThat(world.ask())
        .isInstanceOfSatisfying(
            TokenAnswer.SignInNeeded.class,
            answer -> assertThat(answer.reason()).contains(file.toString()));
    assertThat(file).hasContent("foreign");
  }

  @Test
  void noSecretInAnythingAPersonReads() throws IOException {
    world.signedInBefore();
    world.pass(Duration.ofHours(2));
    world.server.fault = Fault.INVALID_GRANT;
    world.pass(Duration.ofHours(2));

    assertThat(world.events.toString() + world.keeper.status() + world.ask())
        .doesNotContain("refresh-token-", "access-token-");
  }
}
