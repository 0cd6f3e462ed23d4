package org.cloudmdirsync.oauth;

import java.time.Duration;
import java.util.Optional;

/**
 * How often to poll (RFC 8628 section 3.5). Pure.
 *
 * @param interval the least pause between two polls, as it now stands
 * @param pause before the next one
 */
public record DevicePace(Duration interval, Duration pause) {
  /** Section 3.5: for this and all later polls. */
  private static final Duration SLOWER = Duration.ofSeconds(5);

  /** The person may be done any moment, so no outage is waited for longer. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** Before the first poll: nobody is done at once. */
  public static DevicePace of(DeviceAuthorization authorization) {
    return new DevicePace(authorization.interval(), authorization.interval());
  }

  /** After a poll. */
  public DevicePace after(DevicePoll poll) {
    return switch (poll) {
      case DevicePoll.SlowDown _ -> new DevicePace(interval.plus(SLOWER), interval.plus(SLOWER));
      case DevicePoll.Answered(TokenResponse.Unavailable unheard) -> backOff(unheard.retryAfter());
      case DevicePoll.Answered _, DevicePoll.Pending _, DevicePoll.Denied _, DevicePoll.Expired _ ->
          new DevicePace(interval, interval);
    };
  }

  /** Twice as long each time, and as long as the server wishes. */
  private DevicePace backOff(Optional<Duration> wish) {
    Duration doubled = shorter(pause.multipliedBy(2), longer(LONGEST, interval));
    return new DevicePace(interval, wish.map(it -> longer(it, doubled)).orElse(doubled));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
