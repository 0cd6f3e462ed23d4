/**
 * Both ends of the credential socket: request, reply, server, and the client's reading of it.
 *
 * <p>Doors: {@link org.cloudmdirsync.credential.CredentialServer} and {@link
 * org.cloudmdirsync.credential.CredentialRequest}. It turns a function from request to reply into a
 * socket, so it must not know OAuth, accounts or configuration. Everything but the server is
 * compiled to the native client as well.
 *
 * <h2>The wire</h2>
 *
 * One request and one reply per connection, on a UNIX stream socket; {@code ^A} is the byte 1.
 *
 * <pre>
 *   request        PROTO[,OPTION[,OPTION]...] SP USER      ended by a newline or the end of file
 *   reply          user=USER^Aauth=Bearer TOKEN^A^A         no newline, one write, then closed
 *   reply, expiry  user=USER^Aauth=Bearer TOKEN^Aexpires=SECONDS^A^A
 *   refusal        nothing at all
 *   refusal, v=1   error=KIND^Areason=TEXT^A[url=URL^A]^A   no newline, one write, then closed
 * </pre>
 *
 * The refusal of the last line is sent only to those who ask with the option {@code v=1}; to anyone
 * else it would look like a credential. It cannot be taken for one, since it does not begin with
 * {@code user=}. KIND is one of the names of {@link CredentialReply.Kind} in lower case with
 * hyphens; a client treats a KIND it does not know as {@code temporarily-unavailable} and skips
 * fields it does not know. A daemon skips options it does not know, as the original skips them all.
 *
 * <p>The option {@code expiry} asks when the token ends, in seconds since 1970. A client must do
 * without an answer to that, since the original gives none.
 *
 * <p>The option {@code refused=TAIL} tells that a mail server refused the token that ends in TAIL:
 * its last 16 characters, or its last half if that is shorter. If that is the token the daemon
 * would hand out, it drops it and obtains another one, at most one every 30 s; the reply is that
 * one, or a refusal. Otherwise the reply is the current token, as always.
 */
@NullMarked
package org.cloudmdirsync.credential;

import org.jspecify.annotations.NullMarked;
