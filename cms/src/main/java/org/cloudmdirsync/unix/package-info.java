/**
 * What Java lacks of UNIX: where a socket that we serve stands in the file system, who is at its
 * other end, and the service manager that started us.
 *
 * <p>Its doors are {@link org.cloudmdirsync.unix.SocketFile}, {@link org.cloudmdirsync.unix.Peer}
 * and {@link org.cloudmdirsync.unix.NotifySocket}. It must not know what is said on a socket.
 */
@NullMarked
package org.cloudmdirsync.unix;

import org.jspecify.annotations.NullMarked;
