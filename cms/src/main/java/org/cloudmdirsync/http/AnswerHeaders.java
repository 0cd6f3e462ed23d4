package org.cloudmdirsync.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an answer's headers mean to us. */
final class AnswerHeaders {
  /** Ten digits are 300 years already. */
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}");

  private AnswerHeaders() {}

  static HttpResult.Answer answer(Head head, byte[] body, Instant now) {
    Optional<Instant> date = serverNow(head);
    return new HttpResult.Answer(
        head.status(),
        head.first("Content-Type").map(AnswerHeaders::mediaType).orElse(""),
        Body.of(body),
        head.first("Retry-After").flatMap(value -> retryAfter(value, date.orElse(now))),
        date);
  }

  /**
   * The server's clock. A cache hands on the origin's date (RFC 9111 section 4.2.3), and says in
   * {@code Age} how long ago that was (section 5.1).
   */
  private static Optional<Instant> serverNow(Head head) {
    long age =
        head.first("Age")
            .map(String::strip)
            .filter(text -> SECONDS.matcher(text).matches())
            .map(Long::parseLong)
            .orElse(0L);
    return head.first("Date").flatMap(AnswerHeaders::instant).map(date -> date.plusSeconds(age));
  }

  /**
   * RFC 9110 section 10.2.3: seconds, or a date; the date is measured against the server's own
   * clock, so that ours may be wrong. A date that is past means now.
   */
  static Optional<Duration> retryAfter(String value, Instant serverNow) {
    String text = value.strip();
    if (SECONDS.matcher(text).matches()) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    return instant(text)
        .map(then -> Duration.between(serverNow, then))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }

  private static Optional<Instant> instant(String value) {
    try {
      return Optional.of(
          ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String mediaType(String value) {
    return value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
