package org.cloudmdirsync.credential;

import java.util.function.Supplier;

/** What a request comes to: a reply that is there, or one that has to be waited for. */
public sealed interface CredentialAnswer {

  /** The reply itself, as for a token in memory. */
  record Ready(CredentialReply reply) implements CredentialAnswer {}

  /**
   * The way to the reply.
   *
   * @param reply called on a thread of the connection's own, so it may block; but what it returns
   *     more than about 3.5 s later nobody sees. It is never interrupted: it may be rotating a
   *     token.
   */
  record Awaited(Supplier<CredentialReply> reply) implements CredentialAnswer {}
}
