package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cloudmdirsync.oauth.TokenResponse.Remedy;
import org.cloudmdirsync.provider.Provider.Identity;
import org.cloudmdirsync.provider.Provider.TokenPer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A problem is said once, though Microsoft's words are other ones every hour. */
final class AnnouncerTest {
  private static final Account ACCOUNT =
      World.account(URI.create("http://127.0.0.1:1/token"), TokenPer.ACCOUNT, Identity.ID_TOKEN);
  private static final String FIRST =
      "AADSTS53003: Blocked. Trace ID: 3f9c-01 Correlation ID: 77 Timestamp: 2026-05-04 10:11:12Z"
          + " — your policy blocks this: ask its administrator";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Trace ID: 3f9c-01     | Trace ID: a207-99     | false
          Correlation ID: 77    | Correlation ID: 78    | false
          2026-05-04 10:11:12Z  | 2026-05-04 11:11:14Z  | false
          AADSTS53003: Blocked. | AADSTS53000: Blocked. | true
          ask its administrator | ask somebody else     | true
          """)
  void saysAnotherProblemAndNotTheSameAgain(String words, String others, boolean said) {
    Announcer announcer = new Announcer(ACCOUNT);

    assertThat(news(announcer, FIRST)).hasSize(1);
    assertThat(news(announcer, FIRST.replace(words, others))).hasSize(said ? 1 : 0);
  }

  private static List<AccountEvent> news(Announcer announcer, String reason) {
    Moment now = new Moment(Instant.EPOCH, Duration.ZERO);
    return announcer.settled(
        Resource.of(ACCOUNT).getFirst(),
        new TokenState.Stopped(Optional.empty(), Remedy.ADMINISTRATOR, reason, now),
        now);
  }
}
