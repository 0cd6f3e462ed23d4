package org.cloudmdirsync.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockCheckTest {
  private static final Instant SENT = Instant.parse("2026-05-04T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "PT0S,   PT5S, PT0S",
    "PT5S,   PT5S, PT0S",
    "PT-90S, PT5S, PT90S", // the server is behind, so this clock is ahead
    "PT90S,  PT5S, PT-85S",
    "PT20S,  PT8H, PT0S", // asleep before the answer was read
  })
  void aheadIsWhatTheDateLiesOutsideOfQuestionAndAnswer(
      Duration date, Duration answered, Duration ahead) {
    assertThat(ClockCheck.ahead(SENT, SENT.plus(date), SENT.plus(answered))).isEqualTo(ahead);
  }

  @Test
  void aDifferenceIsSaidWhenItComesChangesAndGoes() {
    Duration said = Duration.ZERO;
    List<String> log = new ArrayList<>();
    for (int seconds : new int[] {0, 59, -59, 61, 58, 61, 119, 400, 401, 31, 29, 0, -9000}) {
      Optional<Duration> news = ClockCheck.news(said, Duration.ofSeconds(seconds));
      said = news.orElse(said);
      news.ifPresent(ahead -> log.add(ClockCheck.words("example.com", ahead)));
    }
    String advice = " that of example.com: set it, for instance by timedatectl set-ntp true";
    assertThat(log)
        .containsExactly(
            "this machine's clock is 1 min ahead of" + advice,
            "this machine's clock is 6 min ahead of" + advice,
            "the clocks of this machine and of example.com agree again",
            "this machine's clock is 2 h behind" + advice);
  }
}
