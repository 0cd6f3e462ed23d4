package org.cloudmdirsync.dialogue;

import java.util.Set;

/** How a mail server receives somebody who says hello and does not sign in. */
public sealed interface Reception {

  /**
   * The connection is secure and the server ready.
   *
   * @param encryption the TLS version and cipher suite
   * @param mechanisms what it offers to sign in with, in upper case
   */
  record Open(String encryption, Set<String> mechanisms) implements Reception {}

  /** It did not come so far. */
  record Closed(Outcome outcome) implements Reception {}
}
