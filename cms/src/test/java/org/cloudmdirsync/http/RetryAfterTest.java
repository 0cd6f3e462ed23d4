package org.cloudmdirsync.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-05-04T10:11:12Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0                             | 0
          120                           | 120
          ' 7 '                         | 7
          Mon, 04 May 2026 10:12:12 GMT | 60
          Mon, 4 May 2026 10:12:12 GMT  | 60
          Mon, 04 May 2026 09:00:00 GMT | 0
          -5                            |
          1.5                           |
          soon                          |
          99999999999999999999          |
          Mon, 99 May 2026 10:12:12 GMT |
          """)
  void isSecondsOrADate(String header, Long seconds) {
    assertThat(AnswerHeaders.retryAfter(header, NOW))
        .isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
  }
}
