package org.cloudmdirsync.web;

import java.net.URI;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cloudmdirsync.account.AccountStatus;
import org.cloudmdirsync.account.Accounts;
import org.cloudmdirsync.account.BeginResult;
import org.cloudmdirsync.account.SignInResult;

/**
 * What the page shows, and what its buttons do.
 *
 * @param accounts how they stand now
 * @param sockets how these stand now
 * @param begin starts a user's sign-in
 * @param complete takes the address the provider sent the browser to
 */
public record PageSource(
    Supplier<List<AccountStatus>> accounts,
    Supplier<List<SocketStatus>> sockets,
    Function<String, BeginResult> begin,
    Function<URI, SignInResult> complete) {

  /** The daemon's own. */
  public static PageSource of(Accounts accounts, Supplier<List<SocketStatus>> sockets) {
    return new PageSource(
        accounts::status, sockets, accounts.signIns()::begin, accounts.signIns()::complete);
  }
}
