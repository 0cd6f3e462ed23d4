package org.cloudmdirsync.account;

/** What came of asking for a code to sign in with on another device. */
public sealed interface DeviceResult {

  /** Show the code, then wait. */
  record Begun(DeviceSignIn signIn) implements DeviceResult {}

  /** Not now; {@code reason} says why. */
  record Unavailable(String reason) implements DeviceResult {}

  /** Never for this account; {@code reason} says why, and which ways there are. */
  record NotOffered(String reason) implements DeviceResult {}

  /** No such account is configured. */
  record UnknownUser() implements DeviceResult {}
}
