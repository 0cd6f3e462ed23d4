package org.cloudmdirsync.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final long SECOND = 1_000_000_000;
  private static final int EXIM = 102;

  /** nanoTime may be anything, and run over. */
  private static final long START = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

  @Test
  void takesABurstAndThenTheRate() {
    RateLimit limit = new RateLimit(200);
    assertThat(admitted(limit, EXIM, START, 2_000)).isEqualTo(1_000);
    assertThat(admitted(limit, EXIM, START + SECOND, 2_000)).isEqualTo(200);
    assertThat(admitted(limit, EXIM, START + 3 * SECOND, 2_000)).isEqualTo(400);
    assertThat(admitted(limit, EXIM, START + 60 * SECOND, 2_000)).isEqualTo(1_000);
  }

  @Test
  void countsEachUserAlone() {
    RateLimit limit = new RateLimit(1);
    assertThat(admitted(limit, EXIM, START, 100)).isEqualTo(5);
    assertThat(admitted(limit, EXIM + 1, START, 100)).isEqualTo(5);
  }

  @Test
  void isNoneAtZero() {
    assertThat(admitted(new RateLimit(0), EXIM, START, 100_000)).isEqualTo(100_000);
  }

  private static long admitted(RateLimit limit, int uid, long now, int asked) {
    return LongStream.range(0, asked).filter(_ -> limit.admits(uid, now)).count();
  }
}
