package org.cloudmdirsync.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.cloudmdirsync.control.Message;
import org.junit.jupiter.api.Test;

class StatusTableTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void tellsAPersonWhatCounts() {
    Message ready =
        Message.of("user", "ann@example.com")
            .with("provider", "Microsoft")
            .with("condition", "ready")
            .with("expires", "2026-11-24T12:50:00Z")
            .with("refreshed", "2026-11-24T11:59:30Z")
            .with("next_refresh", "not a time")
            .with("lapses", "2026-12-04T12:00:00Z")
            .with(
                "sockets",
                List.of(
                    Message.of("path", "/run/cms.sock")
                        .with("protocols", List.of("SMTP", "IMAP"))
                        .with("last_asked", "2026-11-24T11:59:00Z")
                        .with("last_asked_by", "Debian-exim with exim4")
                        .with("last_answer", "token")));
    Message out =
        Message.of("user", "ben@example.com")
            .with("provider", "Google")
            .with("condition", "sign-in-needed")
            .with("problem", "Token has been revoked.");
    Message status =
        Message.of("web_url", "http://127.0.0.1:8080/").with("accounts", List.of(ready, out));

    assertThat(StatusTable.of(status, NOW, ZoneOffset.UTC))
        .isEqualTo(
            """
            ann@example.com (Microsoft): ready
              token until   12:50:00 (in 50 min)
              refreshed     11:59:30 (30 s ago)
              sign-in until 2026-12-04 12:00 (in 10 days)
              served on     /run/cms.sock (SMTP, IMAP), last asked by Debian-exim with exim4 at 11:59:00 (60 s ago): token
            ben@example.com (Google): sign in needed
              problem       Token has been revoked.
              to do         cloud-mdir-sync login ben@example.com, or open http://127.0.0.1:8080/
            """);
  }

  @Test
  void saysThatThereIsNothing() {
    assertThat(StatusTable.of(Message.EMPTY, NOW, ZoneOffset.UTC)).isEqualTo("no accounts\n");
  }
}
