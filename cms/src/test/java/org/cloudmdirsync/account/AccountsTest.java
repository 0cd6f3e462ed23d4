package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.cloudmdirsync.oauth.Discovery;
import org.cloudmdirsync.oauth.TokenEndpoint;
import org.cloudmdirsync.oauth.UserInfo;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.provider.Provider.TokenPer;
import org.cloudmdirsync.secret.SecretStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All accounts of a daemon, with the system's clock. */
@Timeout(60)
final class AccountsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path temporary;
  private World world;

  @BeforeEach
  void open() throws IOException {
    world = new World(temporary.resolve("cms"), TokenPer.ACCOUNT);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void startsServesAndStops() throws IOException {
    world.signedInBefore();
    try (Accounts accounts = accounts(List.of(world.account))) {
      accounts.start();
      TokenKeeper keeper = accounts.keeper(World.USER).orElseThrow();

      assertThat(keeper.token(Protocol.SMTP, Duration.ofSeconds(30)))
          .isInstanceOf(TokenAnswer.Token.class);
      assertThat(accounts.status())
          .extracting(AccountStatus::condition)
          .containsExactly(AccountStatus.Condition.READY);
      assertThat(accounts.keeper("nobody@example.com")).isEmpty();
    }
  }

  @Test
  void shortLivedTokensAreFreshWithoutAnybodyAsking() throws Exception {
    world.signedInBefore();
    world.server.life = Duration.ofSeconds(3);
    CountDownLatch refreshed = new CountDownLatch(3);
    try (Accounts accounts =
        new Accounts(
            List.of(world.account),
            SecretStore.open(world.state),
            new TokenEndpoint(world.http),
            new Discovery(world.http),
            new UserInfo(world.http),
            InstantSource.system(),
            new SecureRandom(),
            event -> {
              if (event instanceof AccountEvent.TokenObtained) {
                refreshed.countDown();
              }
            })) {
      accounts.start();
      refreshed.await();
      assertThat(accounts.status().getFirst().condition()).isEqualTo(AccountStatus.Condition.READY);
    }
  }

  @Test
  void closingWaitsUntilARotationIsStored() throws Exception {
    world.signedInBefore();
    CountDownLatch rotated = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    world.server.beforeAnswer =
        () -> {
          rotated.countDown();
          closing.await();
        };
    Accounts accounts = accounts(List.of(world.account));
    accounts.start();
    rotated.await();
    Thread closer = Thread.ofVirtual().start(accounts::close);
    while (closer.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    closing.countDown();
    closer.join();

    assertThat(world.storedRefreshToken()).isEqualTo("refresh-token-2");
  }

  @Test
  void reloadKeepsTheTokensOfWhatHasNotChanged() throws Exception {
    world.signedInBefore();
    Account other = with("other@example.com", world.account.saslUser(), world.account.uses());
    try (Accounts accounts = accounts(List.of(world.account))) {
      accounts.start();
      TokenKeeper kept = accounts.keeper(World.USER).orElseThrow();
      TokenAnswer token = kept.token(Protocol.SMTP, Duration.ofSeconds(30));
      int asked = world.server.count();

      accounts.reload(
          List.of(
              other, with(World.USER, Optional.of("shared@example.com"), world.account.uses())));
      assertThat(accounts.keeper(World.USER)).contains(kept);
      assertThat(kept.token(Protocol.SMTP, Duration.ZERO)).isEqualTo(token);
      assertThat(accounts.status())
          .extracting(status -> status.account().user())
          .containsExactly("other@example.com", World.USER);
      assertThat(world.server.count()).isEqualTo(asked);
      assertThat(world.events(AccountEvent.Retired.class)).isEmpty();

      accounts.reload(List.of(with(World.USER, Optional.empty(), Set.of(Protocol.MAILBOX))));
      TokenKeeper replaced = accounts.keeper(World.USER).orElseThrow();
      assertThat(replaced).isNotEqualTo(kept);
      assertThat(replaced.token(Protocol.MAILBOX, Duration.ofSeconds(30)))
          .isInstanceOf(TokenAnswer.Token.class)
          .isNotEqualTo(token);
      assertThat(kept.retired()).isTrue();
      assertThat(world.events(AccountEvent.Retired.class))
          .extracting(event -> event.account().user())
          .containsExactlyInAnyOrder(other.user(), World.USER);

      accounts.reload(List.of());
      assertThat(world.events(AccountEvent.Retired.class)).hasSize(3);
      assertThat(accounts.keeper(World.USER)).isEmpty();
      assertThat(accounts.status()).isEmpty();
    }
  }

  /** Who asks with another key is another one to the provider, or the same with a new key. */
  @ParameterizedTest
  @MethodSource("otherGrants")
  void reloadTakesAnotherGrantUp(Grant grant) throws IOException {
    Account before = with(new Grant.ServiceAccount(Path.of("/keys/old.json")));
    try (Accounts accounts = accounts(List.of(before))) {
      TokenKeeper kept = accounts.keeper(World.USER).orElseThrow();
      accounts.reload(List.of(with(before.grant())));
      assertThat(accounts.keeper(World.USER)).contains(kept);

      accounts.reload(List.of(with(grant)));
      assertThat(kept.retired()).isTrue();
      assertThat(accounts.keeper(World.USER).orElseThrow().account().grant()).isEqualTo(grant);
    }
  }

  static List<Grant> otherGrants() {
    return List.of(
        new Grant.ServiceAccount(Path.of("/keys/new.json")),
        new Grant.Certificate(Path.of("/keys/app.crt"), Path.of("/keys/app.key")),
        new Grant.ClientSecret());
  }

  private Account with(Grant grant) {
    return new Account(
        World.USER,
        world.account.provider(),
        world.account.client(),
        Optional.empty(),
        world.account.scopes(),
        world.account.uses(),
        grant);
  }

  @Test
  void reloadWaitsUntilARotationIsStored() throws Exception {
    world.signedInBefore();
    CountDownLatch rotated = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    world.server.beforeAnswer =
        () -> {
          rotated.countDown();
          answer.await();
        };
    try (Accounts accounts = accounts(List.of(world.account))) {
      accounts.start();
      rotated.await();
      Account changed = with(World.USER, Optional.empty(), Set.of(Protocol.SMTP));
      Thread reload = Thread.ofVirtual().start(() -> accounts.reload(List.of(changed)));
      while (reload.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      answer.countDown();
      reload.join();
      assertThat(accounts.keeper(World.USER).orElseThrow().token(Protocol.SMTP, PATIENCE))
          .isInstanceOf(TokenAnswer.Token.class);
      assertThat(world.storedRefreshToken()).isEqualTo("refresh-token-3");
    }
  }

  @Test
  void refreshesOnAPersonsWord() throws Exception {
    world.signedInBefore();
    try (Accounts accounts = accounts(List.of(world.account))) {
      accounts.start();
      TokenKeeper keeper = accounts.keeper(World.USER).orElseThrow();
      TokenAnswer first = keeper.token(Protocol.SMTP, PATIENCE);
      AccountStatus status = keeper.refresh(PATIENCE);
      assertThat(status.condition()).isEqualTo(AccountStatus.Condition.READY);
      assertThat(keeper.token(Protocol.SMTP, Duration.ZERO))
          .isInstanceOf(TokenAnswer.Token.class)
          .isNotEqualTo(first);
    }
  }

  private Account with(String user, Optional<String> saslUser, Set<Protocol> uses) {
    return new Account(
        user,
        world.account.provider(),
        world.account.client(),
        saslUser,
        world.account.scopes(),
        uses);
  }

  @Test
  void threeThousandAccountsAreCheap() throws IOException {
    List<Account> many =
        IntStream.range(0, 3_000)
            .mapToObj(
                i -> with("user" + i + "@example.com", Optional.empty(), world.account.uses()))
            .toList();
    int threads = Thread.activeCount();
    try (Accounts accounts = accounts(many)) {
      accounts.start();
      assertThat(accounts.status()).hasSize(3_000);
      assertThat(Thread.activeCount() - threads).as("platform threads").isLessThan(300);
    }
    assertThat(world.server.count()).as("nobody signed in, nobody asked").isZero();
  }

  private Accounts accounts(List<Account> list) throws IOException {
    return new Accounts(
        list,
        SecretStore.open(world.state),
        new TokenEndpoint(world.http),
        new Discovery(world.http),
        new UserInfo(world.http),
        InstantSource.system(),
        new SecureRandom(),
        world.events::add);
  }
}
