package org.cloudmdirsync.account;

import java.net.URI;

/** Where to go to sign in. */
public sealed interface BeginResult {

  /** To the provider's page. */
  record Redirect(URI uri) implements BeginResult {}

  /** Nowhere yet; {@code reason} says why. */
  record Unavailable(String reason) implements BeginResult {}

  /** No such account is configured. */
  record UnknownUser() implements BeginResult {}
}
