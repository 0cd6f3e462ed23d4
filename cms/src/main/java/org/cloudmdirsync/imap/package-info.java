/**
 * Just enough IMAP (RFC 3501, 4959) to try a token.
 *
 * <p>Its door is {@code ImapClient}. It must not know where a token comes from.
 */
@NullMarked
package org.cloudmdirsync.imap;

import org.jspecify.annotations.NullMarked;
