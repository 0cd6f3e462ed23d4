/**
 * What Java lacks of UNIX: where a socket that we serve stands in the file system, who is at its
 * other end, the service manager that started us, and our memory's protection.
 *
 * <p>Its doors are {@link org.cloudmdirsync.unix.SocketFile}, {@link org.cloudmdirsync.unix.Peer},
 * {@link org.cloudmdirsync.unix.NotifySocket} and {@link org.cloudmdirsync.unix.ProcessMemory}. It
 * must not know what is said on a socket.
 */
@NullMarked
package org.cloudmdirsync.unix;

import org.jspecify.annotations.NullMarked;
