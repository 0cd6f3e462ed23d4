/**
 * A client of D-Bus, of a desktop session's message bus: method calls and their replies.
 *
 * <p>Door: {@link org.cloudmdirsync.dbus.Bus}. No signals, no objects of our own, no file
 * descriptors. The room must not know what is said over it: no secret, no notification. Nothing of
 * it is loaded by a daemon that needs no bus.
 */
@NullMarked
package org.cloudmdirsync.dbus;

import org.jspecify.annotations.NullMarked;
