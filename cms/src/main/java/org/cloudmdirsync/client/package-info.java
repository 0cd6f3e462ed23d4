/**
 * {@code cms-oauth}: asks the daemon for a token and prints it, or tries it on a mail server; and
 * {@code git-credential-cms}, which gives it to git. They are one program: called with {@code
 * git-credential} as its first argument it is the latter, and a script in {@code bin/} does so.
 *
 * <p>Its doors are {@link org.cloudmdirsync.client.CmsOauth}, the program on the JVM, and {@link
 * org.cloudmdirsync.client.Client}, the same program for any {@link
 * org.cloudmdirsync.client.Platform}: what it needs of a machine is handed in, so that it compiles
 * to a native program. Only {@code CmsOauth}, {@code JvmPlatform} and {@code MailTrial} may use the
 * JDK's networking. The room must not know OAuth, accounts or configuration.
 */
@NullMarked
package org.cloudmdirsync.client;

import org.jspecify.annotations.NullMarked;
