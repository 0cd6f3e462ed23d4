/**
 * Those who ask for tokens: whether they may and how often, who they were, how each was answered,
 * in the log and in figures.
 *
 * <p>Its door is {@code Audit}, which hears of every answer. It gives none itself and never sees a
 * token; nor does it know which sockets and accounts are configured.
 */
@NullMarked
package org.cloudmdirsync.audit;

import org.jspecify.annotations.NullMarked;
