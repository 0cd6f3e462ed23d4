package org.cloudmdirsync.dbus;

/**
 * A value that brings its type.
 *
 * @param signature of one complete type
 * @param value as {@link Bus#call} takes and gives them
 */
public record Variant(String signature, Object value) {}
