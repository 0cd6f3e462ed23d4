/**
 * The XOAUTH2 and OAUTHBEARER (RFC 7628) strings and their error challenge.
 *
 * <p>Its door is {@link org.cloudmdirsync.sasl.Mechanism}. Compiled to the native client as well:
 * no networking, no JSON library, nothing beyond {@code java.lang} and plain collections.
 */
@NullMarked
package org.cloudmdirsync.sasl;

import org.jspecify.annotations.NullMarked;
