package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.cloudmdirsync.account.TokenServer.Fault;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is promised for the worst of days, with tokens of an hour and a client that asks every
 * minute: nobody is asked to sign in, no invalid token is served ({@link World#ask} looks), and the
 * provider is asked no more often than said here, recovery and the hour after it included.
 */
final class BarsTest {
  @TempDir Path state;
  @AutoClose private World world;

  enum Day {
    ASLEEP_10_HOURS,
    CLOCK_A_DAY_AHEAD_AND_BACK,
    CLOCK_A_DAY_BACK_AND_AHEAD,
    CAPTIVE_PORTAL_10_MINUTES,
    TOO_MANY_REQUESTS_RETRY_AFTER_120,
    PROVIDER_DOWN_6_HOURS
  }

  @BeforeEach
  void signIn() throws IOException {
    world = World.signedIn(state.resolve("cms"));
  }

  @ParameterizedTest
  @CsvSource({
    // what happens, at which minute of a token's life, requests, minutes without a token
    "ASLEEP_10_HOURS,                    10,   2,   0",
    "ASLEEP_10_HOURS,                    44,   2,   0",
    "CLOCK_A_DAY_AHEAD_AND_BACK,         20,   3,   0",
    "CLOCK_A_DAY_BACK_AND_AHEAD,         20,   3,   0",
    "CAPTIVE_PORTAL_10_MINUTES,          10,   1,   0",
    "CAPTIVE_PORTAL_10_MINUTES,          40,  12,   0",
    "CAPTIVE_PORTAL_10_MINUTES,           0,  25,  12",
    "TOO_MANY_REQUESTS_RETRY_AFTER_120,  40,   6,   0", // by 10 minutes: one in two minutes
    "PROVIDER_DOWN_6_HOURS,              10, 400, 320", // the client's asking, once a minute
  })
  void areKept(Day day, int minute, int requests, int unserved) throws IOException {
    if (minute > 0) {
      world.pass(Duration.ofMinutes(minute));
    }
    int before = world.server.count();
    world.unserved = 0;
    happen(day);
    world.pass(Duration.ofHours(1));

    assertThat(world.events(AccountEvent.SignInNeeded.class)).isEmpty();
    assertThat(world.server.count() - before).isLessThanOrEqualTo(requests);
    assertThat(world.unserved).isLessThanOrEqualTo(unserved);
    assertThat(world.keeper.status().condition()).isEqualTo(AccountStatus.Condition.READY);
    assertThat(world.server.accepts(world.storedRefreshToken())).isTrue();
  }

  private void happen(Day day) throws IOException {
    switch (day) {
      case ASLEEP_10_HOURS -> {
        world.clock.suspend(Duration.ofHours(10));
        world.keeper.wake();
      }
      case CLOCK_A_DAY_AHEAD_AND_BACK -> setTwice(Duration.ofDays(1));
      case CLOCK_A_DAY_BACK_AND_AHEAD -> setTwice(Duration.ofDays(-1));
      case CAPTIVE_PORTAL_10_MINUTES -> world.pass(Fault.PORTAL, Duration.ofMinutes(10));
      case TOO_MANY_REQUESTS_RETRY_AFTER_120 ->
          world.pass(Fault.RETRY_IN_SECONDS, Duration.ofMinutes(10));
      case PROVIDER_DOWN_6_HOURS -> world.pass(Fault.BUSY, Duration.ofHours(6));
    }
  }

  private void setTwice(Duration by) {
    world.clock.setWallClock(by);
    world.keeper.wake();
    world.pass(Duration.ofMinutes(30));
    world.clock.setWallClock(by.negated());
    world.keeper.wake();
  }
}
