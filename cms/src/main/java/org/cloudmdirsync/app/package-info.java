/**
 * {@code cloud-mdir-sync}: the command line, the wiring, the order of start and stop, signals and
 * exit codes.
 *
 * <p>Its door is {@code CloudMdirSync}. Every other room gets its settings from here as constructor
 * arguments.
 */
@NullMarked
package org.cloudmdirsync.app;

import org.jspecify.annotations.NullMarked;
