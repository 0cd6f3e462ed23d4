package org.cloudmdirsync.simulator;

import java.util.Locale;

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

  /** The name in addresses and options, such as {@code office365-submission}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
