package org.cloudmdirsync.oauth;

import java.util.List;

/** What the userinfo endpoint (OpenID Connect Core section 5.3) says of the signed-in person. */
public sealed interface UserInfoResult {

  /** The names it gives, mail address first; perhaps none. */
  record Known(List<String> names) implements UserInfoResult {}

  /** It could not be heard: ask later. */
  record Unavailable(String reason) implements UserInfoResult {}

  /** There is no such endpoint, or it does not accept this token. */
  record Refused(String reason) implements UserInfoResult {}
}
