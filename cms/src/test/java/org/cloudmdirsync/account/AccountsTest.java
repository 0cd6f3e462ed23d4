package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
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

/** All accounts of a daemon, with the system's clock. */
@Timeout(60)
final class AccountsTest {
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
  void threeThousandAccountsAreCheap() throws IOException {
    List<Account> many =
        IntStream.range(0, 3_000)
            .mapToObj(i ->
                new Account(
                    "user" + i + "@example.com",
                    world.account.provider(),
                    world.account.client(),
                    world.account.saslUser(),
                    world.account.scopes(),
                    world.account.uses()))
            .toList();
    int threads = Thread.activeCount();
    try (Accounts accounts = accounts(many)) {
      accounts.start();
      assertThat(accounts.status()).hasSize(3_000);
      assertThat(Thread.activeCount() - threads).as("platform threads").isLessThan(10);
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
