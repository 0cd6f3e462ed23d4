/**
 * Where a UNIX socket that we serve stands in the file system.
 *
 * <p>Its door is {@link org.cloudmdirsync.unix.SocketFile}. It must not know what is said on the
 * socket.
 */
@NullMarked
package org.cloudmdirsync.unix;

import org.jspecify.annotations.NullMarked;
