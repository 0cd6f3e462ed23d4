package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.cloudmdirsync.account.TokenState.Failing;
import org.cloudmdirsync.account.TokenState.Refreshing;
import org.cloudmdirsync.account.TokenState.Settled;
import org.cloudmdirsync.account.TokenState.SignedOut;
import org.cloudmdirsync.account.TokenState.Stopped;
import org.cloudmdirsync.oauth.TokenResponse.Refused;
import org.cloudmdirsync.oauth.TokenResponse.Remedy;
import org.cloudmdirsync.secret.Secret;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random interleavings of everything that can happen to a token, against a model that knows the
 * true time.
 *
 * <p>One disturbance of the clocks per run: a machine that sleeps while its clock is set back by
 * the same time cannot know better.
 */
final class LifecyclePropertyTest {
  private static final int RUNS = 300;
  private static final int STEPS = 400;
  private static final List<Remedy> REMEDIES = List.of(Remedy.values());

  enum Disturbance {
    NONE,
    SUSPEND,
    STEP_FORWARD,
    STEP_BACK
  }

  @ParameterizedTest
  @EnumSource(Disturbance.class)
  void neverServesAnExpiredTokenAndNeverSticks(Disturbance disturbance) {
    for (int seed = 0; seed < RUNS; seed++) {
      World world = new World(new Random(seed), disturbance);
      for (int step = 0; step < STEPS; step++) {
        world.step();
        world.check("seed " + seed + ", step " + step);
      }
    }
  }

  private static final class World {
    private final Random random;
    private final Disturbance disturbance;
    private final List<TokenState> flights = new ArrayList<>();

    private Duration truth = Duration.ofDays(1);
    private Duration asleep = Duration.ZERO;
    private Duration clockError = Duration.ZERO;
    private Duration trueExpiry = Duration.ZERO;
    private long flightNumber;
    private TokenState state = Lifecycle.resumed(now());

    World(Random random, Disturbance disturbance) {
      this.random = random;
      this.disturbance = disturbance;
    }

    Moment now() {
      return new Moment(Instant.EPOCH.plus(truth).plus(clockError), truth.minus(asleep));
    }

    void step() {
      switch (random.nextInt(10)) {
        case 0 -> disturb();
        case 1 -> settle(Lifecycle.wake(settled(), now()));
        case 2 -> settle(Lifecycle.doubted(settled(), now()));
        case 3 -> signIn();
        case 4 -> settle(Lifecycle.refusedByServer(settled(), now()));
        case 5 -> truth = truth.plusMillis(random.nextLong(1, 3_600_000));
        default -> refreshIfDue();
      }
    }

    private void disturb() {
      Duration much = Duration.ofMinutes(random.nextLong(1, 48 * 60));
      switch (disturbance) {
        case NONE -> {}
        case SUSPEND -> {
          truth = truth.plus(much);
          asleep = asleep.plus(much);
        }
        case STEP_FORWARD -> clockError = clockError.plus(much);
        case STEP_BACK -> clockError = clockError.minus(much);
      }
    }

    /** An answer may be on its way while this happens; it must then be dropped. */
    private void signIn() {
      if (random.nextInt(4) == 0) {
        state = grant();
      }
    }

    private void settle(Settled next) {
      if (state instanceof Settled) {
        state = next;
      }
    }

    private Settled settled() {
      return Summary.settled(state);
    }

    private void refreshIfDue() {
      Moment now = now();
      Optional<Moment> due = Lifecycle.nextWakeup(state, random.nextBoolean(), now);
      if (state instanceof Settled settled && due.filter(d -> d.reached(now)).isPresent()) {
        Refreshing flight = new Refreshing(settled, ++flightNumber);
        state = flight;
        flights.add(flight);
      } else if (!flights.isEmpty()) {
        answer(flights.remove(random.nextInt(flights.size())));
      }
    }

    private void answer(TokenState flight) {
      Duration before = trueExpiry;
      Settled next = outcome(((Refreshing) flight).from());
      if (state.equals(flight)) {
        state = next;
      } else {
        trueExpiry = before; // dropped
      }
    }

    private Settled outcome(Settled from) {
      double dice = random.nextDouble();
      return switch (random.nextInt(6)) {
        case 0 -> Lifecycle.unavailable(from, "no answer", Optional.empty(), now(), dice);
        case 1 ->
            Lifecycle.unavailable(
                from,
                "busy",
                Optional.of(Duration.ofSeconds(random.nextLong(1_000_000))),
                now(),
                dice);
        case 2 -> {
          Remedy remedy = REMEDIES.get(random.nextInt(REMEDIES.size()));
          yield Lifecycle.refused(from, new Refused(remedy, "no", "", Optional.empty()), now());
        }
        default -> grant();
      };
    }

    private Settled grant() {
      Duration life = Duration.ofSeconds(random.nextLong(1, 100_000));
      trueExpiry = truth.plus(life);
      return Lifecycle.granted(
          new AccessToken(Secret.of("token"), now(), life), Optional.empty(), random.nextDouble());
    }

    void check(String where) {
      if (Lifecycle.served(state, now()).isPresent()) {
        assertThat(truth).as("%s: served beyond its end", where).isLessThan(trueExpiry);
      }
      if (state instanceof Settled && !(state instanceof SignedOut)) {
        assertThat(Lifecycle.nextWakeup(state, false, now()).orElseThrow().untilFrom(now()))
            .as("%s: sleeps too long in %s", where, state)
            .isLessThanOrEqualTo(Duration.ofDays(7));
      }
      if (state instanceof Failing || state instanceof Stopped) {
        assertThat(Lifecycle.nextWakeup(state, false, now()).orElseThrow().untilFrom(now()))
            .as("%s: gives up for too long in %s", where, state)
            .isLessThanOrEqualTo(Duration.ofHours(1));
      }
    }
  }
}
