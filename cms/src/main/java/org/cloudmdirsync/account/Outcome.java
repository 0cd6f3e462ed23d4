package org.cloudmdirsync.account;

import java.time.Duration;
import java.util.Optional;
import org.cloudmdirsync.oauth.TokenResponse;
import org.cloudmdirsync.secret.Secret;

/** What came of one attempt to refresh. */
sealed interface Outcome {

  /**
   * A token, and whatever refresh token came with it is already on the disk.
   *
   * @param refreshTokenLife as the provider said it with this token, if it did
   * @param fallenBack whether it took the refresh token before the current one
   */
  record Refreshed(AccessToken token, Optional<Duration> refreshTokenLife, boolean fallenBack)
      implements Outcome {}

  /**
   * No, and asking again will not help.
   *
   * @param refreshToken the one that was refused
   */
  record Refused(TokenResponse.Refused response, Secret refreshToken) implements Outcome {}

  /** No to the app itself, and asking again will not help; no refresh token is in play. */
  record Declined(TokenResponse.Refused response) implements Outcome {}

  /** Not now: the provider cannot be heard. */
  record Unavailable(String reason, Optional<Duration> retryAfter) implements Outcome {
    Unavailable(String reason) {
      this(reason, Optional.empty());
    }
  }

  /** Not now, and not before somebody mends this machine: nothing can be read or written. */
  record NotStored(String reason) implements Outcome {}

  /** There is no refresh token that could be used. */
  record NoRefreshToken(String reason) implements Outcome {}
}
