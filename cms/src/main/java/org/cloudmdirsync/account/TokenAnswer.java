package org.cloudmdirsync.account;

import java.time.Instant;
import org.cloudmdirsync.secret.Secret;

/** What an account answers when asked for an access token. */
public sealed interface TokenAnswer {

  /** A token good until {@code expiry}. */
  record Token(Secret accessToken, Instant expiry) implements TokenAnswer {}

  /** Only a person can help, in a browser. */
  record SignInNeeded(String reason) implements TokenAnswer {}

  /** Not now; the account recovers by itself. */
  record Unavailable(String reason) implements TokenAnswer {}

  /** Only a changed configuration or an administrator can help. */
  record Misconfigured(String reason) implements TokenAnswer {}

  /** The account is not configured for this use. */
  record NotServed(String reason) implements TokenAnswer {}
}
