package org.cloudmdirsync.oauth;

/** What came of taking a token back (RFC 7009). */
public sealed interface Revocation {

  /** It is worth nothing any more, or was not before. */
  record Revoked() implements Revocation {}

  /** The server has no endpoint for it. */
  record NotOffered() implements Revocation {}

  /** It could not be heard, or would not do it; {@code reason} says why. */
  record Failed(String reason) implements Revocation {}
}
