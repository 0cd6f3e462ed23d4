/**
 * Which certificates are trusted: the system's CA bundle, {@code $SSL_CERT_FILE}, {@code
 * $SSL_CERT_DIR}, else the JDK's.
 *
 * <p>Its door is {@code Trust}, which makes the one {@link javax.net.ssl.SSLContext} of a program;
 * {@code TlsSockets} and {@code TlsConnector} put TLS on a socket. It must not know who connects
 * where; verification cannot be switched off.
 */
@NullMarked
package org.cloudmdirsync.tls;

import org.jspecify.annotations.NullMarked;
