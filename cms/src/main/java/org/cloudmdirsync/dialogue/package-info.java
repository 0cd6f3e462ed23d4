/**
 * A conversation with a mail server, line by line: what SMTP and IMAP have in common.
 *
 * <p>Doors: {@link org.cloudmdirsync.dialogue.Wire} (a connection with deadlines that can turn into
 * TLS), {@link org.cloudmdirsync.dialogue.Outcome} (how it ended) and {@link
 * org.cloudmdirsync.dialogue.Explanations} (what a server's refusal means). It must not know any
 * command of either protocol, nor what a token is.
 */
@NullMarked
package org.cloudmdirsync.dialogue;

import org.jspecify.annotations.NullMarked;
