package org.cloudmdirsync.oauth;

import java.net.URI;
import java.util.Optional;
import org.cloudmdirsync.secret.Secret;

/**
 * How we are registered with an authorization server (RFC 6749 section 2).
 *
 * @param clientId the public identifier
 * @param clientSecret for servers that want one from native apps too (Google)
 * @param redirectUri a loopback address with a path of its own per server (RFC 8252 section 8.10)
 * @param singlePageApp the registration is of Microsoft's type "spa": token requests carry an
 *     {@code Origin} header, and refresh tokens live 24 hours
 */
public record ClientRegistration(
    String clientId, Optional<Secret> clientSecret, URI redirectUri, boolean singlePageApp) {}
