package org.cloudmdirsync.account;

import java.time.Instant;

/**
 * Something happened to an account that a log, or a person, should hear of: once per change, not
 * once per attempt.
 */
public sealed interface AccountEvent {

  /** Whose account. */
  Account account();

  /** An access token was obtained, the first one or a fresh one. */
  record TokenObtained(Account account, Instant expiry) implements AccountEvent {}

  /** A mail server refused the access token, so that another one is being obtained. */
  record TokenRefused(Account account) implements AccountEvent {}

  /** Somebody signed in, and it was the configured user. */
  record SignedIn(Account account) implements AccountEvent {}

  /** A person must sign in; {@code reason} is in the provider's own words, where it spoke. */
  record SignInNeeded(Account account, String reason) implements AccountEvent {}

  /** The configuration, a permission or an administrator stands in the way. */
  record Problem(Account account, String reason) implements AccountEvent {}

  /** The provider cannot be reached; it is tried again. */
  record Unreachable(Account account, String reason) implements AccountEvent {}

  /**
   * Nothing can be stored on this machine, and a person must mend that; it is tried again, and said
   * again while it lasts.
   */
  record NotStored(Account account, String reason) implements AccountEvent {}

  /** What was wrong is over. */
  record Recovered(Account account) implements AccountEvent {}

  /**
   * The sign-in is known or likely to lapse at {@code when}: said ahead, days before if it can be.
   */
  record SignInLapses(Account account, Instant when) implements AccountEvent {}

  /** A person signed out; there is no refresh token any more. */
  record SignedOut(Account account) implements AccountEvent {}

  /**
   * The account has left the configuration, or was changed there and begins anew: what was said of
   * it before is over.
   */
  record Retired(Account account) implements AccountEvent {}

  /** The provider has no word on who signed in; it was taken to be the configured user. */
  record IdentityUnverified(Account account) implements AccountEvent {}
}
