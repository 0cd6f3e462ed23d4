/**
 * The sign-in page and redirect target on loopback.
 *
 * <p>Its door is {@code WebServer}. It must not know the configuration or the credential socket.
 */
@NullMarked
package org.cloudmdirsync.web;

import org.jspecify.annotations.NullMarked;
