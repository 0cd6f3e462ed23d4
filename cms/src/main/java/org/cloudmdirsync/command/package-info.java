/**
 * The command line of {@code cloud-mdir-sync}: what each command asks of the running daemon, or
 * does itself, and says of it; exit statuses.
 *
 * <p>Its door is {@code RootCommand}. It is the only room that knows picocli, which a daemon's
 * start does without; it does not know how the daemon is made, and is handed a way to run it.
 */
@NullMarked
package org.cloudmdirsync.command;

import org.jspecify.annotations.NullMarked;
