package org.cloudmdirsync.provider;

/** What a token is used for. */
public enum Protocol {
  SMTP,
  IMAP,
  POP,
  /** The provider's own mailbox interface: Microsoft Graph, the Gmail API. */
  MAILBOX
}
