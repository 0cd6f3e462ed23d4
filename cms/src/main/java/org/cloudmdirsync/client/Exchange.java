package org.cloudmdirsync.client;

import org.cloudmdirsync.credential.ReceivedReply;

/** How asking on a socket went. */
public sealed interface Exchange {

  /** Everything up to the end of file. */
  record Answered(ReceivedReply reply) implements Exchange {}

  /** Nobody listens there, for the reason the system gives. */
  record NoDaemon(String reason) implements Exchange {}

  /** The system does not let this user connect. */
  record Forbidden() implements Exchange {}

  /** Connected, but the answer did not arrive whole. */
  record Unfinished(String reason) implements Exchange {}
}
