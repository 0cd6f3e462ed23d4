package org.cloudmdirsync.account;

/**
 * What came of signing out. In every case but the last two this machine has no refresh token of the
 * account any more.
 */
public sealed interface SignOutResult {

  /** The provider was told, too: the refresh token is worth nothing any more. */
  record Revoked(String user) implements SignOutResult {}

  /** The provider cannot be told; {@code reason} says where a person can end the access. */
  record NotRevocable(String user, String reason) implements SignOutResult {}

  /** The provider could not be told; until it expires, the refresh token is still good there. */
  record NotReached(String user, String reason) implements SignOutResult {}

  /** Nobody was signed in. */
  record NobodySignedIn(String user) implements SignOutResult {}

  /** Nothing was done; {@code reason} says what is in the way, and what to do. */
  record Failed(String user, String reason) implements SignOutResult {}

  /** No such account is configured. */
  record UnknownUser() implements SignOutResult {}
}
