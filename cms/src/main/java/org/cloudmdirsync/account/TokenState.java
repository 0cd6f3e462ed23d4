package org.cloudmdirsync.account;

import java.util.Optional;
import org.cloudmdirsync.oauth.TokenResponse.Remedy;

/**
 * How one resource of an account stands.
 *
 * <pre>
 *                 signed in                        due
 *   SignedOut ──────────────► Scheduled ◄───────────────────────► Refreshing
 *       ▲                        ▲            granted                │ │ │
 *       │                        │ due                               │ │ │
 *       │                     Failing ◄──────────────────────────────┘ │ │
 *       │                                   unavailable                │ │
 *       │                     Stopped ◄────────────────────────────────┘ │
 *       │                             refused: configuration, administrator, wait
 *       └────────────────────────────────────────────────────────────────┘
 *                                     refused: sign in, consent
 * </pre>
 *
 * <p>Whatever happens, a token that is still valid stays and is served, until a mail server refuses
 * it. {@link Lifecycle} has the transitions.
 */
sealed interface TokenState {

  /** The last access token obtained, valid or not. */
  Optional<AccessToken> token();

  /** Nothing is under way. */
  sealed interface Settled extends TokenState {}

  /**
   * Only a person can help, in a browser.
   *
   * @param reason in the provider's own words, where it spoke
   * @param remedy whether signing in is enough, or consent must be asked for
   * @param claims a challenge to be passed back in the authorization request
   * @param look when to see whether somebody restored a refresh token; empty for not again
   */
  record SignedOut(
      Optional<AccessToken> token,
      String reason,
      Remedy remedy,
      Optional<String> claims,
      Optional<Moment> look)
      implements Settled {}

  /** All is well; {@code due} is when to refresh. */
  record Scheduled(Optional<AccessToken> token, Moment due) implements Settled {}

  /**
   * The last attempts got no answer.
   *
   * @param attempts without an answer so far
   * @param failed when the last one did
   * @param notBefore when to try again unasked
   * @param allowed from when the server lets anybody ask again; {@code failed} if it named no time
   * @param here whether the fault is this machine's, for a person to mend, and not on the way
   */
  record Failing(
      Optional<AccessToken> token,
      int attempts,
      String reason,
      Moment failed,
      Moment notBefore,
      Moment allowed,
      boolean here)
      implements Settled {}

  /** Refused for a reason that signing in does not remove; looked at again now and then. */
  record Stopped(Optional<AccessToken> token, Remedy remedy, String reason, Moment retry)
      implements Settled {}

  /**
   * A request is under way; its answer counts only as long as its number is current.
   *
   * @param flight the request's number
   */
  record Refreshing(Settled from, long flight) implements TokenState {
    @Override
    public Optional<AccessToken> token() {
      return from.token();
    }
  }
}
