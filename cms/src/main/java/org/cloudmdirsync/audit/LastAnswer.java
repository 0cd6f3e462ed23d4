package org.cloudmdirsync.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * The newest answer for an account on a socket.
 *
 * @param at when
 * @param user who asked
 * @param program what asked, as far as we could see: with the first of several alike answers
 * @param protocol for which use
 * @param outcome {@code token}, or why there was none, such as {@code sign-in-needed}
 */
public record LastAnswer(
    Instant at, String user, Optional<String> program, String protocol, String outcome) {

  /** Such as {@code alice with msmtp}. */
  public String who() {
    return program.map(name -> user + " with " + name).orElse(user);
  }
}
