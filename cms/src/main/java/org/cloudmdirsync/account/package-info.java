/**
 * The token lifecycle: signed in once, fresh for ever.
 *
 * <p>Doors: {@code Accounts} (all of them), {@code TokenKeeper} (one account's tokens) and {@code
 * SignIns} (a browser, a pasted address, a code). State and its transitions are pure; loops are
 * thin. It must not know sockets, web pages or the configuration language.
 */
@NullMarked
package org.cloudmdirsync.account;

import org.jspecify.annotations.NullMarked;
