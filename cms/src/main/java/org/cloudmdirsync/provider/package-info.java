/**
 * The mail providers: one small data file each, plus the list.
 *
 * <p>Its door is {@code Providers}. A provider is data: no code elsewhere compares a host or a
 * provider's name. It must not know accounts.
 */
@NullMarked
package org.cloudmdirsync.provider;

import org.jspecify.annotations.NullMarked;
