/**
 * One HTTP client for JSON services: deadlines, size limit, proxy, Retry-After; the answer as data.
 *
 * <p>HTTP/1.1 as RFC 9112 has it, one request per connection, written here: DESIGN.md,
 * Dependencies, says why.
 *
 * <p>Its door is {@code Http}. It must not know OAuth, accounts or providers.
 */
@NullMarked
package org.cloudmdirsync.http;

import org.jspecify.annotations.NullMarked;
