package org.cloudmdirsync.config;

import java.net.URI;
import java.util.Optional;
import org.cloudmdirsync.secret.Secret;

/**
 * How an app is registered with a provider, as far as somebody wrote it down.
 *
 * @param tenant Microsoft's
 */
record Registration(
    Optional<String> clientId,
    Optional<Secret> clientSecret,
    Optional<URI> redirectUri,
    Optional<Boolean> spa,
    Optional<String> tenant) {

  /** Any account: work, school or personal. */
  static final String DEFAULT_TENANT = "common";

  /** The original program's registration with Microsoft: public, and of the type "spa". */
  static final Registration MICROSOFT =
      new Registration(
          Optional.of("122f4826-adf9-465d-8e84-e9d00bc9f234"),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(DEFAULT_TENANT));

  /** Nothing was written down. */
  static final Registration NONE =
      new Registration(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  static Registration of(Arguments.Bound bound) {
    return new Registration(
        bound.optional("client_id").map(Located::filledText),
        bound.optional("client_secret").map(Located::filledText).map(Secret::of),
        bound.optional("redirect_uri").map(Addresses::redirect),
        bound.optional("spa").map(Located::flag),
        bound.optional("tenant").map(Registration::tenant));
  }

  /** It becomes a part of an address. */
  private static String tenant(Located located) {
    String tenant = located.filledText();
    if (!tenant.matches("[A-Za-z0-9._-]+")) {
      throw located.rejected("must be \"common\", a domain, or a tenant's id");
    }
    return tenant;
  }

  boolean isOf(String client) {
    return clientId.equals(Optional.of(client));
  }

  /** What is not here is taken from there, but all that was registered goes with its client id. */
  Registration or(Registration other) {
    return clientId.isPresent()
        ? this
        : new Registration(
            other.clientId,
            clientSecret.or(other::clientSecret),
            redirectUri.or(other::redirectUri),
            spa.or(other::spa),
            tenant.or(other::tenant));
  }
}
