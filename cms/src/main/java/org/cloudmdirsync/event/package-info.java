/**
 * Who hears of what happens to the accounts: the log, the browser and the desktop of a person who
 * must act, a command of theirs, scripts, the service manager.
 *
 * <p>Its door is {@code Events}, which hands every event to every listener. It knows neither the
 * configuration nor where events come from.
 */
@NullMarked
package org.cloudmdirsync.event;

import org.jspecify.annotations.NullMarked;
