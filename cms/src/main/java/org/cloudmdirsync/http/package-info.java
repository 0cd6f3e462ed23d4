/**
 * One HTTP client for JSON services: deadlines, size limit, proxy, Retry-After; the answer as data.
 *
 * <p>Its door is {@code Http}. It must not know OAuth, accounts or providers.
 */
@NullMarked
package org.cloudmdirsync.http;

import org.jspecify.annotations.NullMarked;
