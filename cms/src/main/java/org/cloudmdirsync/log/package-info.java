/**
 * What the programs say on standard error, line by line, and who must not wait for that.
 *
 * <p>Its door is {@code System.getLogger}, which finds {@code StderrLoggerFinder}.
 */
@NullMarked
package org.cloudmdirsync.log;

import org.jspecify.annotations.NullMarked;
