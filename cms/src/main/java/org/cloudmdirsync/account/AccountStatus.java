package org.cloudmdirsync.account;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How an account stands, for people.
 *
 * @param account the account
 * @param condition in one word
 * @param problem what is wrong and what to do, in the provider's own words where it spoke
 * @param refreshed when a token was last obtained
 * @param nextRefresh when the next one will be asked for
 * @param expiry of the token at hand, if there is one that is still good
 * @param lapse when the sign-in is known or likely to lapse, so that a person must sign in again
 */
public record AccountStatus(
    Account account,
    Condition condition,
    Optional<String> problem,
    Optional<Instant> refreshed,
    Optional<Instant> nextRefresh,
    Optional<Instant> expiry,
    Optional<Instant> lapse) {

  /** How an account stands, in one word. */
  public enum Condition {
    /** A valid token is at hand. */
    READY,
    /** The first token is being obtained from the stored refresh token. */
    STARTING,
    /** Nobody is signed in. */
    SIGN_IN_NEEDED,
    /** The provider cannot be reached; a valid token may still be served. */
    UNAVAILABLE,
    /** The configuration or an administrator must change something. */
    MISCONFIGURED;

    /** Such as {@code sign-in-needed}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
