package org.cloudmdirsync.web;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cloudmdirsync.account.AccountStatus;
import org.cloudmdirsync.account.Accounts;
import org.cloudmdirsync.account.BeginResult;
import org.cloudmdirsync.account.DeviceResult;
import org.cloudmdirsync.account.SignInResult;
import org.cloudmdirsync.account.SignInWay;
import org.cloudmdirsync.account.SignIns;

/**
 * What the page shows, and what its buttons do.
 *
 * @param accounts how they stand now
 * @param sockets how these stand now
 * @param begin starts a user's sign-in
 * @param complete takes the address the provider sent the browser to
 * @param pasted takes what a person brought from a browser elsewhere
 * @param ways how a user may sign in, as far as that is known without asking anybody
 * @param device begins a user's sign-in on another device
 */
public record PageSource(
    Supplier<List<AccountStatus>> accounts,
    Supplier<List<SocketStatus>> sockets,
    Function<String, BeginResult> begin,
    Function<URI, SignInResult> complete,
    Function<String, SignInResult> pasted,
    Function<String, Set<SignInWay>> ways,
    Function<String, DeviceResult> device) {

  /** The daemon's own. */
  public static PageSource of(Accounts accounts, Supplier<List<SocketStatus>> sockets) {
    SignIns signIns = accounts.signIns();
    return new PageSource(
        accounts::status,
        sockets,
        signIns::begin,
        signIns::complete,
        signIns::complete,
        signIns::possibleWays,
        signIns::device);
  }
}
