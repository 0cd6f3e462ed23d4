package org.cloudmdirsync.account;

/** How a sign-in ended. After anything but {@link SignedIn} another one can be begun at once. */
public sealed interface SignInResult {

  /** It was the configured user, and everything needed was granted. */
  record SignedIn(String user) implements SignInResult {}

  /** The person or the provider said no, in these words. */
  record Denied(String user, String words) implements SignInResult {}

  /** Somebody else signed in; their token was dropped. */
  record WrongUser(String configured, String actual) implements SignInResult {}

  /** Something else went wrong; {@code reason} says what, and what to do. */
  record Failed(String user, String reason) implements SignInResult {}

  /** Not an answer to a question of ours, or it came too late. */
  record UnknownState(String reason) implements SignInResult {}
}
