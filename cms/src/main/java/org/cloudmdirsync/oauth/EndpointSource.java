package org.cloudmdirsync.oauth;

import java.net.URI;

/** Where an authorization server's addresses come from. */
public sealed interface EndpointSource {

  /** The addresses are known from the start. */
  record Known(Endpoints endpoints) implements EndpointSource {}

  /** They are read from the server's metadata (RFC 8414, OpenID Connect Discovery) at first use. */
  record Discovered(URI issuer) implements EndpointSource {}
}
