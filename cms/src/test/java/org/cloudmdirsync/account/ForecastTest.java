package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cloudmdirsync.oauth.TokenResponse.Granted;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.secret.Validity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When it is said that a sign-in lapses. */
final class ForecastTest {
  private static final NudgeHours OFFICE =
      new NudgeHours(LocalTime.of(9, 0), LocalTime.of(18, 0), ZoneOffset.UTC);
  private static final NudgeHours ALWAYS =
      new NudgeHours(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneOffset.UTC);
  private static final Instant MONDAY = Instant.parse("2026-05-04T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    // signed in, life in hours, when it is said
    "10:00, 168, 05-08T10:00 05-10T10:00 05-10T17:00",
    "10:00,  24, 05-04T17:00", // 6 h before would be at four in the morning
    "12:00,  24, 05-04T17:00",
    "16:00,  24, 05-05T10:00",
    "16:00,  48, 05-05T16:00 05-06T10:00",
    "02:00,  24, 05-04T17:00", // 20:00 is too late
    "20:00,  24, 05-05T14:00",
  })
  void isSaidDaysAheadAndInOfficeHours(LocalTime signIn, long hours, String expected) {
    Instant from = MONDAY.atZone(ZoneOffset.UTC).with(signIn).toInstant();
    Validity validity = new Validity(from, from.plus(Duration.ofHours(hours)));

    assertThat(String.join(" ", said(validity, from, OFFICE, Duration.ofMinutes(1))))
        .isEqualTo(expected);
  }

  @Test
  void isSaidFourTimesInALongLife() {
    Validity validity = new Validity(MONDAY, MONDAY.plus(Duration.ofDays(90)));

    assertThat(said(validity, MONDAY, ALWAYS, Duration.ofMinutes(1)))
        .containsExactly("07-26T10:00", "07-30T10:00", "08-01T10:00", "08-02T04:00");
  }

  /** A laptop that is open from nine to five, with a daemon that starts anew each morning. */
  @Test
  void isSaidAtTheNextStartWhenTheMarkPassedMeanwhile() {
    Validity validity = new Validity(MONDAY, MONDAY.plus(Duration.ofDays(7)));
    Instant thursday = MONDAY.plus(Duration.ofDays(5)).minus(Duration.ofHours(1));

    assertThat(Forecast.due(validity, Optional.empty(), thursday, OFFICE)).isTrue();
    assertThat(Forecast.due(validity, Optional.of(thursday), thursday.plusSeconds(30), OFFICE))
        .isFalse();
  }

  @Test
  void isSaidAtNightOnlyWhenTheMorningIsTooLate() {
    Instant threeInTheMorning = Instant.parse("2026-05-05T03:00:00Z");
    Instant learned = MONDAY.minus(Duration.ofDays(30));

    assertThat(due(learned, "2026-05-05T05:00:00Z", threeInTheMorning)).isTrue();
    assertThat(due(learned, "2026-05-05T15:00:00Z", threeInTheMorning)).isFalse();
    assertThat(due(learned, "2026-05-05T02:00:00Z", threeInTheMorning)).as("over").isFalse();
  }

  private static boolean due(Instant from, String until, Instant now) {
    return Forecast.due(new Validity(from, Instant.parse(until)), Optional.empty(), now, OFFICE);
  }

  private static List<String> said(
      Validity validity, Instant from, NudgeHours hours, Duration tick) {
    List<String> said = new ArrayList<>();
    Optional<Instant> last = Optional.empty();
    for (Instant now = from; now.isBefore(validity.until()); now = now.plus(tick)) {
      if (Forecast.due(validity, last, now, hours)) {
        last = Optional.of(now);
        said.add(now.toString().substring(5, 16));
      }
    }
    return said;
  }

  @ParameterizedTest
  @CsvSource({
    "09:00, 18:00, 2026-05-04T09:00:00Z, true,  2026-05-04T09:00:00Z, 2026-05-04T09:00:00Z",
    "09:00, 18:00, 2026-05-04T18:00:00Z, false, 2026-05-05T09:00:00Z, 2026-05-04T18:00:00Z",
    "09:00, 18:00, 2026-05-04T03:00:00Z, false, 2026-05-04T09:00:00Z, 2026-05-03T18:00:00Z",
    "22:00, 06:00, 2026-05-04T03:00:00Z, true,  2026-05-04T03:00:00Z, 2026-05-04T03:00:00Z",
    "22:00, 06:00, 2026-05-04T12:00:00Z, false, 2026-05-04T22:00:00Z, 2026-05-04T06:00:00Z",
    "00:00, 00:00, 2026-05-04T12:00:00Z, true,  2026-05-04T12:00:00Z, 2026-05-04T12:00:00Z",
  })
  void hours(
      LocalTime from, LocalTime until, Instant now, boolean inside, Instant next, Instant last) {
    NudgeHours hours = new NudgeHours(from, until, ZoneOffset.UTC);

    assertThat(hours.contains(now)).isEqualTo(inside);
    assertThat(hours.next(now)).isEqualTo(next);
    assertThat(hours.last(now)).isEqualTo(last);
  }

  @Test
  void aServerThatCountsDownSaysNothingNew() {
    Validity known = new Validity(MONDAY, MONDAY.plus(Duration.ofDays(7)));
    Instant tuesday = MONDAY.plus(Duration.ofDays(1));

    assertThat(after(known, Duration.ofDays(6).plusSeconds(3), tuesday)).contains(known);
    assertThat(after(known, Duration.ofDays(90), tuesday))
        .contains(new Validity(tuesday, tuesday.plus(Duration.ofDays(90))));
    assertThat(Forecast.ofRefresh(Optional.of(known), granted(Optional.empty()), tuesday))
        .contains(known);
  }

  private static Optional<Validity> after(Validity known, Duration life, Instant now) {
    return Forecast.ofRefresh(Optional.of(known), granted(Optional.of(life)), now);
  }

  private static Granted granted(Optional<Duration> refreshTokenLife) {
    return new Granted(
        Secret.of("token"),
        Optional.empty(),
        refreshTokenLife,
        Duration.ofHours(1),
        List.of(),
        Optional.empty());
  }
}
