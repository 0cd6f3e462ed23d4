/**
 * The client side of OAuth 2.0: RFC 6749, 7009 (revocation), 7523 (assertions), 7636 (PKCE), 8252
 * (native apps), 8414 (discovery), 8628 (devices), 9207 (issuer in the response).
 *
 * <p>Doors: {@code AuthorizationRequest} and {@code TokenEndpoint}. It knows no account and no
 * provider: what differs between authorization servers reaches it as data.
 */
@NullMarked
package org.cloudmdirsync.oauth;

import org.jspecify.annotations.NullMarked;
