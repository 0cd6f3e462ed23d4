/**
 * The pretend cloud: authorization servers, SMTP and IMAP on loopback, with faults on demand.
 *
 * <p>Its door is {@link Simulator}. It must not know a single class of the product: a fake that
 * shares our parser shares our bugs.
 */
@NullMarked
package org.cloudmdirsync.simulator;

import org.jspecify.annotations.NullMarked;
