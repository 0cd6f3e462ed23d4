/**
 * Makes the programs as they are run: a Java runtime cut to what they need, their jars, an AOT
 * cache for each, and the scripts that start them with lean flags.
 *
 * <p>Its door is {@code MakeImage}. All of it lands in one directory that replaces the last one as
 * a whole, because a JVM runs stale code from a cache that does not belong to its jar
 * (JDK-8377932).
 */
@NullMarked
package org.cloudmdirsync.dist;

import org.jspecify.annotations.NullMarked;
