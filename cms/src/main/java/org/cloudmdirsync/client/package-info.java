/**
 * {@code cms-oauth}: asks the daemon for a token and prints it, or tries it on a mail server.
 *
 * <p>Its door is {@code CmsOauth}. The token path is free of JDK networking, so that it compiles to
 * a native program; the transport is handed in. It must not know OAuth, accounts or configuration.
 */
@NullMarked
package org.cloudmdirsync.client;

import org.jspecify.annotations.NullMarked;
