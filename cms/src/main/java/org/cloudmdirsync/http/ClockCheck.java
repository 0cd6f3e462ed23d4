package org.cloudmdirsync.http;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Compares this machine's clock with a server's {@code Date} (RFC 9110 section 6.6.1), and says
 * once by how much they differ. Tokens do not suffer: their life is counted from when they were
 * asked for, on this clock alone. But certificates are believed or not by it, and whoever reads the
 * log or a mail is misled.
 */
final class ClockCheck {
  private static final System.Logger LOG = System.getLogger(ClockCheck.class.getName());

  /** What no time server would leave; {@code Date} itself counts in seconds. */
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  /** Right again is less than that, or a clock just beyond it would be in the log all day. */
  private static final Duration RIGHT = Duration.ofSeconds(TOLERANCE.toSeconds() / 2);

  /** By how much this clock was said to be ahead of a host's. */
  private final ConcurrentMap<String, Duration> said = new ConcurrentHashMap<>();

  /**
   * Takes note of an answer that no cache can have kept.
   *
   * @param sent when the question went, on this machine's clock
   * @param received when the answer was there
   */
  void compare(String host, Instant sent, Instant date, Instant received) {
    Duration before = said.getOrDefault(host, Duration.ZERO);
    news(before, ahead(sent, date, received))
        .ifPresent(ahead -> {
          said.put(host, ahead);
          LOG.log(ahead.isZero() ? Level.INFO : Level.WARNING, words(host, ahead));
        });
  }

  /**
   * By how much this clock is ahead at least. A date between question and answer is as good as can
   * be: the machine may even have slept meanwhile.
   */
  static Duration ahead(Instant sent, Instant date, Instant received) {
    if (date.isBefore(sent)) {
      return Duration.between(date, sent);
    }
    return date.isAfter(received) ? Duration.between(date, received) : Duration.ZERO;
  }

  /** What is to be said now, zero for "right again"; empty if it is much as was said before. */
  static Optional<Duration> news(Duration said, Duration ahead) {
    if (ahead.abs().compareTo(RIGHT) < 0) {
      return said.isZero() ? Optional.empty() : Optional.of(Duration.ZERO);
    }
    return Optional.of(ahead)
        .filter(now -> now.abs().compareTo(TOLERANCE) > 0)
        .filter(now -> now.minus(said).abs().compareTo(TOLERANCE) > 0);
  }

  static String words(String host, Duration ahead) {
    if (ahead.isZero()) {
      return "the clocks of this machine and of " + host + " agree again";
    }
    return "this machine's clock is %s %s that of %s: set it, for instance by timedatectl set-ntp true"
        .formatted(length(ahead.abs()), ahead.isPositive() ? "ahead of" : "behind", host);
  }

  private static String length(Duration difference) {
    long minutes = difference.toMinutes();
    return minutes < 120 ? minutes + " min" : difference.toHours() + " h";
  }
}
