/**
 * The demo: the built programs at work on a pretend cloud, each step said and shown.
 *
 * <p>Its door is {@code Demo}. It knows our programs by their names alone, as a user does.
 */
@NullMarked
package org.cloudmdirsync.demo;

import org.jspecify.annotations.NullMarked;
