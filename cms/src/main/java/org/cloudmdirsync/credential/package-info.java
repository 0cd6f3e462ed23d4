/**
 * Both ends of the credential socket: request, reply, server, and the client's encoding.
 *
 * <p>Doors: {@code CredentialServer} and {@link org.cloudmdirsync.credential.CredentialRequest}. It
 * turns a function from request to reply into a socket, so it must not know OAuth, accounts or
 * configuration. Everything but the server is compiled to the native client as well.
 */
@NullMarked
package org.cloudmdirsync.credential;

import org.jspecify.annotations.NullMarked;
