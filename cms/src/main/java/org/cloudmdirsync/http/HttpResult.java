package org.cloudmdirsync.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What came of a request: an answer of any status, or none. */
public sealed interface HttpResult {

  /**
   * The server answered, with success or not.
   *
   * @param status such as 200 or 503
   * @param contentType the media type without parameters, lower case; empty when not told
   * @param body complete, within the limit
   * @param retryAfter {@code Retry-After} (RFC 9110 section 10.2.3) as time from now, never
   *     negative
   * @param date the server's clock
   */
  record Answer(
      int status,
      String contentType,
      Body body,
      Optional<Duration> retryAfter,
      Optional<Instant> date)
      implements HttpResult {

    /** Whether the status is 2xx. */
    public boolean success() {
      return status / 100 == 2;
    }
  }

  /**
   * No complete answer: unknown host, refused, reset, TLS, timeout, too large, or not asked at all.
   *
   * @param reason for a person, on one line: what happened and with which host; never a secret
   */
  record NoAnswer(String reason) implements HttpResult {}
}
