package org.cloudmdirsync.oauth;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.cloudmdirsync.secret.Secret;

/** What a token endpoint said (RFC 6749 sections 5.1 and 5.2), or that it could not be heard. */
public sealed interface TokenResponse {

  /**
   * A token was issued.
   *
   * @param accessToken opaque; never parsed
   * @param refreshToken absent when the server keeps the old one valid
   * @param refreshTokenLife of the refresh token that is good from now on; absent when the server
   *     is silent, as most are
   * @param life from when the response was received; one hour when the server does not say
   * @param scope as granted, which may differ from what was asked; empty when the server is silent
   * @param idToken the claims of an OpenID Connect id_token, when one came
   */
  record Granted(
      Secret accessToken,
      Optional<Secret> refreshToken,
      Optional<Duration> refreshTokenLife,
      Duration life,
      List<String> scope,
      Optional<IdToken> idToken)
      implements TokenResponse {}

  /**
   * Asking again in the same way will not help.
   *
   * @param remedy who can do something about it
   * @param error the {@code error} member, such as {@code invalid_grant}
   * @param description the provider's own words, on one line, with its code; never a secret
   * @param claims a claims challenge to be passed back verbatim in the next authorization request
   */
  record Refused(Remedy remedy, String error, String description, Optional<String> claims)
      implements TokenResponse {}

  /**
   * The endpoint could not be reached, was busy, or talked nonsense: ask later.
   *
   * @param reason for a person, on one line
   * @param retryAfter the server's wish, when it had one
   */
  record Unavailable(String reason, Optional<Duration> retryAfter) implements TokenResponse {}

  /**
   * A token was issued that mail programs have no use for: perhaps a slip, so ask later.
   *
   * @param reason for a person, on one line
   * @param refreshToken came with it all the same, and counts: the one before may be dead by now
   */
  record Unusable(String reason, Optional<Secret> refreshToken) implements TokenResponse {}

  /** Who can do something about a refusal. */
  enum Remedy {
    /** The user, by signing in again. */
    SIGN_IN,
    /** The user, by signing in again and consenting to what was missing. */
    CONSENT,
    /** Whoever writes the configuration: client id, secret, redirect, tenant, scope. */
    CONFIGURATION,
    /** The provider's administrator: policy, admin consent, disabled account. */
    ADMINISTRATOR,
    /** Nobody soon: the provider asks to be left alone for minutes (loop detected). */
    WAIT
  }

  /** The claims of an id_token that say who signed in; read, not verified: it came over TLS. */
  record IdToken(
      Optional<String> issuer, String subject, List<String> names, Optional<String> nonce) {}
}
