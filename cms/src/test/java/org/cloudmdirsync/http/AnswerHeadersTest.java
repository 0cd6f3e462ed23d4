package org.cloudmdirsync.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerHeadersTest {
  private static final Instant NOW = Instant.parse("2026-05-04T10:41:12Z");
  private static final List<String> DATE = List.of("Mon, 04 May 2026 10:11:12 GMT");

  /** RFC 9111 section 5.1; what is no age counts for nothing. */
  @ParameterizedTest
  @CsvSource({
    "0,       2026-05-04T10:11:12Z",
    "1800,    2026-05-04T10:41:12Z",
    "' 7 ',   2026-05-04T10:11:19Z",
    "-5,      2026-05-04T10:11:12Z",
    "1.5,     2026-05-04T10:11:12Z",
    "old,     2026-05-04T10:11:12Z",
    "99999999999999999999, 2026-05-04T10:11:12Z",
  })
  void aCacheSaysHowOldItsDateIs(String age, Instant serverNow) {
    assertThat(answer(Map.of("date", DATE, "age", List.of(age))).date()).contains(serverNow);
  }

  @Test
  void withoutADateThereIsNone() {
    assertThat(answer(Map.of("age", List.of("1800"))).date()).isEmpty();
    assertThat(answer(Map.of("date", DATE)).date()).contains(NOW.minusSeconds(1800));
  }

  /** The moment is the server's, so the time until then is counted on its clock. */
  @Test
  void whenToRetryIsCountedFromTheServersNow() {
    Map<String, List<String>> fields =
        Map.of(
            "date",
            DATE,
            "age",
            List.of("1800"),
            "retry-after",
            List.of("Mon, 04 May 2026 10:42:12 GMT"));
    assertThat(answer(fields).retryAfter()).contains(Duration.ofMinutes(1));
  }

  private static HttpResult.Answer answer(Map<String, List<String>> fields) {
    return AnswerHeaders.answer(new Head(200, fields), new byte[0], NOW);
  }
}
