package org.cloudmdirsync.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Optional;
import org.cloudmdirsync.sasl.Xoauth2;
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
    PROTOCOL_NOT_SERVED;

    /** The name on the wire, such as {@code sign-in-needed}. */
    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * The bytes to send, none for a refusal the client would not understand.
   *
   * @param typed whether the client understands a refusal that says why
   * @throws IllegalArgumentException if user or token cannot stand in a SASL message
   */
  default byte[] encode(boolean typed) {
    return switch (this) {
      case Credential(String user, Secret token) ->
          Xoauth2.message(user, token).expose().getBytes(UTF_8);
      case Refusal refusal -> typed ? RefusalText.encode(refusal) : new byte[0];
    };
  }
}
