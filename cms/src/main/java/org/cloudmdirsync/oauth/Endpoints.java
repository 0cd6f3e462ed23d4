package org.cloudmdirsync.oauth;

import java.net.URI;
import java.util.Optional;

/**
 * An authorization server's addresses (RFC 8414 section 2).
 *
 * @param authorization where the browser goes
 * @param token where codes and refresh tokens are exchanged
 * @param deviceAuthorization RFC 8628, where the server has one
 * @param revocation RFC 7009, where the server has one
 * @param userInfo OpenID Connect userinfo, where the server has one
 * @param issuer the issuer identifier; Microsoft's may hold the placeholder {@code {tenantid}}
 * @param issuerInResponse whether the server promises {@code iss} in the authorization response
 *     (RFC 9207); then a response without it is rejected
 */
public record Endpoints(
    URI authorization,
    URI token,
    Optional<URI> deviceAuthorization,
    Optional<URI> revocation,
    Optional<URI> userInfo,
    Optional<String> issuer,
    boolean issuerInResponse) {

  /** The two addresses every server has; nothing else is known. */
  public static Endpoints of(URI authorization, URI token) {
    return new Endpoints(
        authorization,
        token,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }
}
