package org.cloudmdirsync.account;

/** How a person may sign in. */
public enum SignInWay {
  /** In a browser that reaches this machine's page. */
  BROWSER,
  /** In any browser; the address it ended on is then given to this program. */
  PASTE,
  /** In any browser, by typing a code there that this program shows (RFC 8628). */
  DEVICE
}
