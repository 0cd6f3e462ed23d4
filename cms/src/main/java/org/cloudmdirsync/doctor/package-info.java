/**
 * Walks the whole way of a token, from the configuration to the mail server, and says where it
 * breaks and what to do.
 *
 * <p>Its doors: {@code CheckUp} (the steps in their order, for a {@code Patient}), {@code Findings}
 * (which reports them) and {@code Bundle} (a report that may be published). It changes nothing, and
 * above all never uses a refresh token. It must not know the configuration, nor exit statuses.
 */
@NullMarked
package org.cloudmdirsync.doctor;

import org.jspecify.annotations.NullMarked;
