package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.cloudmdirsync.account.AccountEvent.NotStored;
import org.cloudmdirsync.account.AccountEvent.Recovered;
import org.cloudmdirsync.account.AccountEvent.SignInNeeded;
import org.cloudmdirsync.account.AccountEvent.Unreachable;
import org.cloudmdirsync.account.TokenServer.Fault;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What goes wrong on a bad day must not cost a sign-in, an invalid token served, or the provider's
 * patience. A client asks every minute all the while.
 */
final class BadDayTest {
  @TempDir Path state;
  @AutoClose private World world;

  @BeforeEach
  void signIn() throws IOException {
    world = World.signedIn(state.resolve("cms"));
  }

  /** Tokens live one hour and are refreshed after about 45 minutes. */
  @ParameterizedTest
  @CsvSource({
    // fault, from minute, for minutes, minutes without a token at most, requests at most
    "DOWN,             30,  28,  0,   40",
    "DOWN,             30, 300, 275, 420",
    "PORTAL,           30,  28,  0,   40",
    "PORTAL,            0,  60, 65,  120",
    "EMPTY,            30,  28,  0,   40",
    "TRUNCATED,        30,  28,  0,   40",
    "RESET,            30,  28,  0,   40",
    "BUSY,             30,  28,  0,   40",
    "BUSY,             30, 600, 575, 800",
    "RETRY_IN_SECONDS, 30,  28,  0,   12", // every two minutes, whoever asks
    "RETRY_IN_SECONDS, 30, 300, 280, 150",
    "RETRY_AT_DATE,    30,  28,  0,   12",
    "OTHER_TYPE,       30,  28,  0,   40",
    "LOOP,             30,  28, 11,    6", // left alone for ten minutes at a time
    "POLICY,           30,  28, 60,    5", // an administrator's matter: once an hour
    "INVALID_CLIENT,   30,  28, 60,    5",
  })
  void anOutagePasses(Fault fault, int from, int minutes, int unserved, int requests)
      throws IOException {
    world.pass(Duration.ofMinutes(from));
    world.pass(fault, Duration.ofMinutes(minutes));
    world.pass(Duration.ofHours(2));

    assertThat(world.events(SignInNeeded.class)).isEmpty();
    assertThat(world.unserved).as("minutes without a token").isLessThanOrEqualTo(unserved + 1);
    assertThat(world.server.count()).as("requests").isBetween(2, requests);
    assertThat(world.events(Recovered.class)).hasSize(1);
    assertThat(world.keeper.status().condition()).isEqualTo(AccountStatus.Condition.READY);
    assertThat(world.server.accepts(world.storedRefreshToken())).isTrue();
  }

  @Test
  void aQuietWeekTakesOneRequestPerToken() {
    world.pass(Duration.ofDays(7));

    assertThat(world.unserved).isLessThanOrEqualTo(1);
    assertThat(world.server.count()).isBetween(200, 260);
  }

  /** A life is counted from its arrival: it gets neither shorter nor longer. */
  @ParameterizedTest
  @CsvSource({"PT24H", "PT-24H", "PT10M", "PT-10M"})
  void aClockThatIsWrongAllWeekChangesNothing(Duration by) {
    world.clock.setWallClock(by);
    world.pass(Duration.ofDays(7));

    assertThat(world.unserved).isLessThanOrEqualTo(1);
    assertThat(world.server.count()).isBetween(200, 260);
  }

  @ParameterizedTest
  @CsvSource({"PT24H", "PT-24H", "PT2H", "PT-2H"})
  void somebodySetsTheClock(Duration by) {
    world.pass(Duration.ofMinutes(30));
    world.clock.setWallClock(by);
    world.keeper.wake();
    world.pass(Duration.ofHours(3));

    assertThat(world.events(SignInNeeded.class)).isEmpty();
    assertThat(world.unserved).isLessThanOrEqualTo(2);
    assertThat(world.server.count()).isBetween(3, 8);
  }

  @Test
  void theLaptopSleepsAndWakesWithoutNetwork() throws IOException {
    world.pass(Duration.ofMinutes(10));
    world.server.down();
    world.clock.suspend(Duration.ofHours(10));
    world.keeper.wake();
    world.pass(Duration.ofMinutes(2));
    world.server.up();
    world.pass(Duration.ofMinutes(60));

    assertThat(world.events(SignInNeeded.class)).isEmpty();
    assertThat(world.unserved).isLessThanOrEqualTo(5);
    assertThat(world.server.count()).isLessThanOrEqualTo(5);
  }

  /** The answer is there when it wakes up, and its token has ended meanwhile. */
  @Test
  void theLaptopFallsAsleepOverAnAnswer() {
    world.pass(Duration.ofMinutes(10));
    world.server.beforeAnswer =
        () -> {
          world.server.beforeAnswer = () -> {};
          world.clock.suspend(Duration.ofHours(10));
        };
    world.pass(Duration.ofHours(2)); // World.ask holds every token against the server's clock

    assertThat(world.events(SignInNeeded.class)).isEmpty();
    assertThat(world.server.count()).isLessThanOrEqualTo(6);
  }

  @Test
  void anotherProcessRotatedMeanwhile() throws IOException {
    world.pass(Duration.ofMinutes(10));
    world.store(world.server.signIn());
    world.pass(Duration.ofMinutes(60));

    assertThat(world.events(SignInNeeded.class)).isEmpty();
  }

  @Test
  void theNewestRefreshTokenNeverCountedButTheOneBeforeDoes() throws IOException {
    world.pass(Duration.ofMinutes(10));
    world.store("written by mistake");
    world.pass(Duration.ofMinutes(60));

    assertThat(world.events(SignInNeeded.class)).isEmpty();
    assertThat(world.unserved).isLessThanOrEqualTo(1);
    assertThat(world.server.accepts(world.storedRefreshToken())).isTrue();
  }

  @Test
  void theDiskIsFullDuringARotation() throws IOException {
    world.pass(Duration.ofMinutes(30));
    int served = world.server.count();
    Path inTheWay = world.inTheWay();
    world.pass(Duration.ofMinutes(28));

    assertThat(world.unserved).as("the old token is served meanwhile").isLessThanOrEqualTo(1);
    assertThat(world.server.count()).as("only the first rotation").isEqualTo(served + 1);
    assertThat(world.keeper.status().problem())
        .hasValueSatisfying(
            problem -> assertThat(problem).contains("cannot write").contains(".credential"));

    assertThat(world.events(NotStored.class)).as("a person must know").hasSize(1);
    world.pass(Duration.ofHours(3));
    assertThat(world.events(NotStored.class)).as("once an hour").hasSize(4);
    assertThat(world.events(Unreachable.class)).isEmpty();

    Files.delete(inTheWay);
    world.unserved = 0;
    world.pass(Duration.ofMinutes(60));
    assertThat(world.events(Recovered.class)).hasSize(1);
    assertThat(world.events(SignInNeeded.class)).isEmpty();
    assertThat(world.unserved).isLessThanOrEqualTo(4);
    assertThat(world.server.accepts(world.storedRefreshToken())).isTrue();
  }
}
