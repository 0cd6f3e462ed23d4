package org.cloudmdirsync.simulator;

/**
 * A bad day of an SMTP or IMAP server.
 *
 * <p>An SMTP reply is written as it goes on the wire ({@code "454 4.7.0 Try later"}, lines
 * separated by a newline); an IMAP one without its tag ({@code "NO [UNAVAILABLE] Try later"}).
 */
public sealed interface MailFault {

  /** This reply instead of the true one. */
  record Reply(String text) implements MailFault {}

  /** This reply, then the connection ends. */
  record ReplyAndDrop(String text) implements MailFault {}

  /** An error challenge with this JSON, then, after the client's line, this reply. */
  record Challenge(String json, String text) implements MailFault {}

  /** Nothing until the client gives up. */
  record Hang() implements MailFault {}

  /** "Connection reset by peer". */
  record Reset() implements MailFault {}

  /** Office 365: the token is stale, or for somebody or something else. */
  static MailFault authenticationUnsuccessful() {
    return new Reply("535 5.7.3 Authentication unsuccessful [SIMULATED.PROD.OUTLOOK.COM]");
  }

  /** Office 365: an administrator switched SMTP AUTH off. */
  static MailFault disabledForTenant() {
    return new Reply(
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the"
            + " Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.");
  }

  /** Gmail: too many logins. */
  static MailFault tooManyLogins() {
    return new Reply("454 4.7.0 Too many login attempts, please try again later. - gsmtp");
  }

  /** Closing down: 421 and gone. */
  static MailFault closing() {
    return new ReplyAndDrop("421 4.7.0 Try again later, closing connection.");
  }
}
