/**
 * {@code cms-oauth} without a JVM: the client's classes on nothing but the C library.
 *
 * <p>Its door is {@link org.cloudmdirsync.nativeclient.CmsOauthNative}, from which TeaVM makes C.
 * Only what differs from the JVM belongs here; what the program does is in the room {@code client}.
 */
@NullMarked
package org.cloudmdirsync.nativeclient;

import org.jspecify.annotations.NullMarked;
