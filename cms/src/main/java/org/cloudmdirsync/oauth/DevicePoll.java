package org.cloudmdirsync.oauth;

/** What a token endpoint says while a person signs in on another device (RFC 8628 section 3.5). */
public sealed interface DevicePoll {

  /** The person is not done. */
  record Pending() implements DevicePoll {}

  /** Nor that, and the server is asked too often. */
  record SlowDown() implements DevicePoll {}

  /** The person said no; {@code description} is fit to be shown. */
  record Denied(String error, String description) implements DevicePoll {}

  /** It took too long. */
  record Expired() implements DevicePoll {}

  /** Anything else, and at last a token. */
  record Answered(TokenResponse response) implements DevicePoll {}
}
