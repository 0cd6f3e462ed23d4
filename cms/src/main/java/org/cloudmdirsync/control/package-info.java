/**
 * Both ends of the control socket, on which the commands of {@code cloud-mdir-sync} ask the running
 * daemon.
 *
 * <p>Doors: {@link org.cloudmdirsync.control.ControlServer}, {@link
 * org.cloudmdirsync.control.ControlClient} and {@link org.cloudmdirsync.control.ControlSocket},
 * which says where it is. It turns a function into a socket, so it must not know accounts or
 * configuration.
 *
 * <h2>The wire</h2>
 *
 * A UNIX stream socket of mode 0600 in a directory of mode 0700: whoever can connect is the user or
 * root, and may do all there is. One request and one reply per connection; every line is a JSON
 * object (RFC 8259) in UTF-8, ended by a newline.
 *
 * <pre>
 *   request   {"command":NAME, ...}                      one line, at most 16 KiB, within 4 s
 *   reply     {"daemon":"cloud-mdir-sync","protocol":1}  at once, whatever was asked
 *             {...}                                      as many as the command has; a failure is
 *             {"error":KIND,"reason":TEXT}               and nothing comes after it
 *             end of file
 * </pre>
 *
 * A client that closes the connection, or its half of it, gives up what takes longer: a sign-in,
 * the events. What is there at once it still gets, as {@code printf … | socat - UNIX-CONNECT:…}
 * does. One that does not read for 4 s is closed. Both sides skip members they do not know.
 */
@NullMarked
package org.cloudmdirsync.control;

import org.jspecify.annotations.NullMarked;
