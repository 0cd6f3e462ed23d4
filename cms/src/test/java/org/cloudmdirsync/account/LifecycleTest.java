package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cloudmdirsync.account.TokenState.Failing;
import org.cloudmdirsync.account.TokenState.Settled;
import org.cloudmdirsync.account.TokenState.SignedOut;
import org.cloudmdirsync.account.TokenState.Stopped;
import org.cloudmdirsync.oauth.TokenResponse.Refused;
import org.cloudmdirsync.oauth.TokenResponse.Remedy;
import org.cloudmdirsync.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When to refresh, when to wait, and what an answer means. */
final class LifecycleTest {
  private static final Moment NOW =
      new Moment(Instant.parse("2026-05-04T10:00:00Z"), Duration.ofDays(3));

  @ParameterizedTest
  @CsvSource({
    // life, dice, refreshed after
    "PT1H,   0.5,      PT45M",
    "PT1H,   0,        PT40M30S",
    "PT1H,   0.999999, PT49M30S",
    "PT75M,  0.999999, PT65M", // never later than ten minutes before the end
    "PT24H,  0.5,      PT23H45M",
    "PT24H,  0.999999, PT23H50M",
    "PT20M,  0.5,      PT10M",
    "PT20M,  0.999999, PT10M",
    "PT15M,  0,        PT6M45S",
    "PT1M,   0.5,      PT30S",
    "PT4S,   0.5,      PT2S",
    "PT4S,   0,        PT1.8S",
    "P30D,   0.5,      P7D", // an idle account is refreshed every week all the same
  })
  void refreshesAheadOfExpiry(Duration life, double dice, Duration after) {
    assertThat(Lifecycle.delay(life, dice)).isCloseTo(after, Duration.ofMillis(200));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0,    PT1S",
    "0, 0.999, PT2S",
    "1, 0.999, PT4S",
    "6, 0.999, PT2M8S",
    "8, 0.999, PT5M",
    "1000, 0.999, PT5M",
    "1000, 0, PT1S",
  })
  void backsOffWithFullJitter(int attempts, double dice, Duration pause) {
    assertThat(Lifecycle.pause(attempts, dice)).isCloseTo(pause, Duration.ofMillis(400));
  }

  @ParameterizedTest
  @CsvSource({
    "PT1H, PT59M, false",
    "PT1H, PT58M59S, true",
    "PT10S, PT8S, true",
    "PT10S, PT9S, false"
  })
  void aTokenIsHandedOutWithTimeLeftToUseIt(Duration life, Duration later, boolean usable) {
    assertThat(token(life).usable(NOW.plus(later))).isEqualTo(usable);
  }

  @Test
  void eitherClockEndsAToken() {
    AccessToken token = token(Duration.ofHours(1));
    Duration tenHours = Duration.ofHours(10);

    Moment afterSleep = new Moment(NOW.wall().plus(tenHours), NOW.uptime());
    Moment clockSetBack = new Moment(NOW.wall().minus(tenHours), NOW.uptime().plusSeconds(3600));
    Moment clockSetBackJustNow = new Moment(NOW.wall().minus(tenHours), NOW.uptime());

    assertThat(token.usable(afterSleep)).isFalse();
    assertThat(token.usable(clockSetBack)).isFalse();
    assertThat(token.usable(clockSetBackJustNow)).isTrue();
  }

  @Test
  void aServersWishIsHonouredEvenWhenSomebodyAsks() {
    Settled failing = unavailable(Optional.of(Duration.ofMinutes(3)));

    assertThat(wakeupAfter(failing, true)).isEqualTo(Duration.ofMinutes(3));
    assertThat(wakeupAfter(Lifecycle.wake(failing, NOW), false)).isEqualTo(Duration.ofMinutes(3));
  }

  /** A wish is for the time it names, and makes nothing of the longer pause that is ours. */
  @ParameterizedTest
  @CsvSource({
    // wish, when somebody asks, when better times come
    "PT0S,  PT10S, PT0S",
    "PT5S,  PT10S, PT5S",
    "PT30S, PT30S, PT30S",
  })
  void aShortWishDoesNotProtectOurOwnPause(Duration wish, Duration asked, Duration woken) {
    Settled failing =
        Lifecycle.unavailable(afterManyFailures(), "busy", Optional.of(wish), NOW, 0.9);

    assertThat(wakeupAfter(failing, false)).isGreaterThan(Duration.ofMinutes(2));
    assertThat(wakeupAfter(failing, true)).isEqualTo(asked);
    assertThat(wakeupAfter(Lifecycle.wake(failing, NOW), false)).isEqualTo(woken);
    assertThat(wakeupAfter(Lifecycle.refusedByServer(failing, NOW), true)).isEqualTo(asked);
    Moment later = NOW.plus(Duration.ofMinutes(1));
    assertThat(Lifecycle.nextWakeup(Lifecycle.wake(failing, later), false, later))
        .as("the wish is over")
        .contains(later);
  }

  @Test
  void anUnreasonableWishIsCapped() {
    assertThat(wakeupAfter(unavailable(Optional.of(Duration.ofDays(365))), false))
        .isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aWishForNoPauseAtAllIsNotTakenLiterally() {
    assertThat(wakeupAfter(unavailable(Optional.of(Duration.ZERO)), false))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void askingShortensOurOwnPauseButDoesNotHammer() {
    Settled failing = afterManyFailures();

    assertThat(wakeupAfter(failing, false)).isGreaterThan(Duration.ofMinutes(2));
    assertThat(wakeupAfter(failing, true)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void wakingEndsOurOwnPause() {
    assertThat(wakeupAfter(Lifecycle.wake(afterManyFailures(), NOW), false)).isZero();
  }

  @ParameterizedTest
  @EnumSource(Remedy.class)
  void whateverIsRefusedAValidTokenStays(Remedy remedy) {
    Settled active = Lifecycle.granted(token(Duration.ofHours(1)), Optional.empty(), 0.5);

    Settled refused = Lifecycle.refused(active, refusal(remedy), NOW);

    assertThat(Lifecycle.served(refused, NOW)).isPresent();
    assertThat(refused)
        .isInstanceOf(
            remedy == Remedy.SIGN_IN || remedy == Remedy.CONSENT ? SignedOut.class : Stopped.class);
  }

  @Test
  void aTokenThatAServerRefusedIsReplacedAtOnce() {
    Settled active = Lifecycle.granted(token(Duration.ofHours(1)), Optional.empty(), 0.5);

    Settled dropped = Lifecycle.refusedByServer(active, NOW);

    assertThat(Lifecycle.served(dropped, NOW)).isEmpty();
    assertThat(wakeupAfter(dropped, false)).isZero();
  }

  @ParameterizedTest
  @EnumSource(Remedy.class)
  void aServersRefusalDoesNotMakeUsAskInVain(Remedy remedy) {
    Settled active = Lifecycle.granted(token(Duration.ofHours(1)), Optional.empty(), 0.5);
    Settled refused = Lifecycle.refused(active, refusal(remedy), NOW);
    Settled busy =
        Lifecycle.unavailable(active, "busy", Optional.of(Duration.ofMinutes(3)), NOW, 0.5);

    for (Settled waiting : List.of(refused, busy)) {
      Settled dropped = Lifecycle.refusedByServer(waiting, NOW);
      assertThat(Lifecycle.served(dropped, NOW)).isEmpty();
      assertThat(dropped).hasSameClassAs(waiting);
      assertThat(Lifecycle.nextWakeup(dropped, true, NOW))
          .isEqualTo(Lifecycle.nextWakeup(waiting, true, NOW));
    }
  }

  @ParameterizedTest
  @CsvSource({"PT0S, false", "PT29.9S, false", "PT30S, true", "PT1H, true"})
  void aServerIsHeededTwiceAMinute(Duration later, boolean heeded) {
    assertThat(Lifecycle.heeds(Optional.of(NOW), NOW.plus(later))).isEqualTo(heeded);
    assertThat(Lifecycle.heeds(Optional.empty(), NOW)).isTrue();
  }

  @Test
  void nothingIsAskedAgainSoonThatNobodyChanges() {
    Settled active = Lifecycle.resumed(NOW);

    assertThat(wakeupAfter(Lifecycle.refused(active, refusal(Remedy.CONFIGURATION), NOW), true))
        .isEqualTo(Duration.ofHours(1));
    assertThat(wakeupAfter(Lifecycle.refused(active, refusal(Remedy.WAIT), NOW), true))
        .isEqualTo(Duration.ofMinutes(10));
    assertThat(
            Lifecycle.nextWakeup(
                Lifecycle.refused(active, refusal(Remedy.SIGN_IN), NOW), true, NOW))
        .isEmpty();
  }

  @Test
  void theReasonOfARefusalOutlivesTheRefreshToken() {
    Settled refused = Lifecycle.refused(Lifecycle.resumed(NOW), refusal(Remedy.SIGN_IN), NOW);

    assertThat(Lifecycle.nobody(refused, "nobody has signed in yet")).isEqualTo(refused);
  }

  private static Settled unavailable(Optional<Duration> wish) {
    return Lifecycle.unavailable(Lifecycle.resumed(NOW), "busy", wish, NOW, 0.5);
  }

  private static Settled afterManyFailures() {
    Settled state = Lifecycle.resumed(NOW);
    for (int i = 0; i < 20; i++) {
      state = Lifecycle.unavailable(state, "no route to host", Optional.empty(), NOW, 0.9);
    }
    assertThat(state).isInstanceOf(Failing.class);
    return state;
  }

  private static Duration wakeupAfter(Settled state, boolean asked) {
    return Lifecycle.nextWakeup(state, asked, NOW).orElseThrow().untilFrom(NOW);
  }

  private static Refused refusal(Remedy remedy) {
    return new Refused(remedy, "error", "words", Optional.empty());
  }

  private static AccessToken token(Duration life) {
    return new AccessToken(Secret.of("token"), NOW, life);
  }
}
