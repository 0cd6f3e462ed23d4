package org.cloudmdirsync.credential;

import java.util.Optional;
import org.cloudmdirsync.secret.Secret;

/** What the daemon answers on the credential socket. */
public sealed interface CredentialReply {

  /** The account's SASL user and a valid access token. */
  record Credential(String saslUser, Secret accessToken) implements CredentialReply {}

  /**
   * No token, and why; old clients see zero bytes.
   *
   * @param kind what a program may decide on
   * @param reason for a person, on one line, never a secret
   * @param signInUrl where to sign in, when that would help
   */
  record Refusal(Kind kind, String reason, Optional<String> signInUrl) implements CredentialReply {}

  /** What a program may decide on. */
  enum Kind {
    SIGN_IN_NEEDED,
    TEMPORARILY_UNAVAILABLE,
    MISCONFIGURED,
    UNKNOWN_USER,
    PROTOCOL_NOT_SERVED
  }
}
