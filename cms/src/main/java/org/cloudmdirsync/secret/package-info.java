/**
 * Strings that do not print themselves, and where secrets rest.
 *
 * <p>Doors: {@link org.cloudmdirsync.secret.Secret} and {@code SecretStore}. Files are written the
 * safe way (temporary file, mode, fsync, rename, fsync of the directory) here and nowhere else. The
 * room must not know what a secret is for: no token, no account, no provider.
 */
@NullMarked
package org.cloudmdirsync.secret;

import org.jspecify.annotations.NullMarked;
