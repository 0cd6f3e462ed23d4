package org.cloudmdirsync.credential;

import org.cloudmdirsync.credential.CredentialReply.Credential;
import org.jspecify.annotations.Nullable;

/**
 * Turns replies into bytes, and keeps those of the last credential: until its token is replaced,
 * hours later, the same is sent to everybody. To check and copy a token of 1,600 characters anew
 * would take a third of a request's processor time. Thread-safe.
 */
final class Encoder {
  private volatile @Nullable Encoded last;

  /** What the bytes say, and to whom. */
  private static final class Encoded {
    final Credential credential;
    final boolean withExpiry;
    final byte[] bytes;

    Encoded(Credential credential, boolean withExpiry, byte[] bytes) {
      this.credential = credential;
      this.withExpiry = withExpiry;
      this.bytes = bytes;
    }

    boolean answers(Credential wanted, boolean wantsExpiry) {
      return withExpiry == wantsExpiry && credential.equals(wanted);
    }
  }

  /**
   * The bytes to send; they must not be changed.
   *
   * @throws IllegalArgumentException as {@link CredentialReply#encode} does
   */
  byte[] encode(CredentialReply reply, CredentialRequest request) {
    if (!(reply instanceof Credential credential)) {
      return reply.encode(request);
    }
    Encoded known = last;
    if (known == null || !known.answers(credential, request.expiry())) {
      known = new Encoded(credential, request.expiry(), reply.encode(request));
      last = known;
    }
    return known.bytes;
  }
}
