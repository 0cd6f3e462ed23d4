package org.cloudmdirsync.client;

import java.util.Optional;

/**
 * A command line that makes sense.
 *
 * @param protocol SMTP, IMAP or POP; a trial's own, if there is one
 * @param socket empty if it is to be looked for
 * @param newline whether one follows the output
 * @param trial a mail server to try the token on instead of printing it
 */
public record Options(
    String protocol,
    String user,
    Optional<String> socket,
    Output output,
    boolean newline,
    Optional<Trial> trial) {

  /** A mail server to try a token on. */
  public sealed interface Trial {
    /** {@code HOST[:PORT]}, as given. */
    String place();

    record Smtp(String place) implements Trial {}

    record Imap(String place) implements Trial {}
  }
}
