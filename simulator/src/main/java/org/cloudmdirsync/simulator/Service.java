package org.cloudmdirsync.simulator;

import java.util.Locale;
import java.util.Optional;

/** What listens on a port of its own. */
public enum Service {
  HTTPS,
  HTTP,
  ADMIN,
  OFFICE365_SUBMISSION,
  OFFICE365_SUBMISSIONS,
  OFFICE365_IMAP,
  OFFICE365_IMAPS,
  GMAIL_SUBMISSION,
  GMAIL_SUBMISSIONS,
  GMAIL_IMAP,
  GMAIL_IMAPS,
  GENERIC_SUBMISSION,
  GENERIC_SUBMISSIONS,
  GENERIC_IMAP,
  GENERIC_IMAPS;

  /** The scheme of those that speak HTTP. */
  Optional<String> web() {
    return switch (this) {
      case HTTPS -> Optional.of("https://");
      case HTTP, ADMIN -> Optional.of("http://");
      case OFFICE365_SUBMISSION,
          OFFICE365_SUBMISSIONS,
          OFFICE365_IMAP,
          OFFICE365_IMAPS,
          GMAIL_SUBMISSION,
          GMAIL_SUBMISSIONS,
          GMAIL_IMAP,
          GMAIL_IMAPS,
          GENERIC_SUBMISSION,
          GENERIC_SUBMISSIONS,
          GENERIC_IMAP,
          GENERIC_IMAPS ->
          Optional.empty();
    };
  }

  /** The name in addresses and options, such as {@code office365-submission}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
