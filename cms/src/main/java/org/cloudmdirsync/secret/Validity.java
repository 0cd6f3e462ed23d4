package org.cloudmdirsync.secret;

import java.time.Instant;

/**
 * How long a secret is good for, as far as anybody said.
 *
 * @param from when that was learned
 * @param until when it ends
 */
public record Validity(Instant from, Instant until) {}
