package org.cloudmdirsync.credential;

import java.time.Duration;

/**
 * What one client may take of the daemon.
 *
 * @param lifetime from accept to the last byte: exim gives up after 5 s, so an answer, even an
 *     empty one, must be there before
 * @param settling a complete request without newline or end of file counts as ended when nothing
 *     has followed it for this long; enough for pieces of one write, short beside exim's 5 s
 * @param grace a client that sent nothing yet is not turned away within this time, however many
 *     there are; so long may others have to wait
 * @param connections at once; a process has 1,024 descriptors where nobody raised the limit
 */
record Limits(Duration lifetime, Duration settling, Duration grace, int connections) {
  static final Limits USUAL =
      new Limits(Duration.ofSeconds(4), Duration.ofMillis(500), Duration.ofMillis(40), 768);

  /** How often overdue clients are looked for: the error of the times above. */
  static final Duration TICK = Duration.ofMillis(100);
}
