/**
 * Which build this is. Its door is {@code Version}. It must not know any other room, nor the JDK
 * beyond strings: the native program has it, too.
 */
@NullMarked
package org.cloudmdirsync.version;

import org.jspecify.annotations.NullMarked;
