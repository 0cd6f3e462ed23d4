package org.cloudmdirsync.credential;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.cloudmdirsync.secret.Secret;

/** What the daemon answers on the credential socket. */
public sealed interface CredentialReply {

  /**
   * The account's SASL user and a valid access token.
   *
   * @param expires when the token ends, in seconds since 1970; empty if that is not known, as with
   *     the original
   */
  record Credential(String saslUser, Secret accessToken, OptionalLong expires)
      implements CredentialReply {}

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
    PROTOCOL_NOT_SERVED,
    NOT_ALLOWED;

    /** The name on the wire, such as {@code sign-in-needed}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * The bytes to send, nothing that the client would not understand: no bytes at all for a refusal
   * if it did not ask for reasons, and no expiry that it did not ask for.
   *
   * @throws IllegalArgumentException if user or token cannot stand in a SASL message
   */
  default byte[] encode(CredentialRequest request) {
    return switch (this) {
      case Credential credential -> CredentialText.encode(credential, request.expiry());
      case Refusal refusal -> request.typed() ? RefusalText.encode(refusal) : new byte[0];
    };
  }
}
