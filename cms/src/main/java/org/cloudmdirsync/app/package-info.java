/**
 * The daemon: what is started and in which order, what runs for a configuration and how another one
 * takes its place, what is done for the commands, signals.
 *
 * <p>Its door is {@code CloudMdirSync}, where the program starts. Every other room gets its
 * settings from here as constructor arguments.
 */
@NullMarked
package org.cloudmdirsync.app;

import org.jspecify.annotations.NullMarked;
