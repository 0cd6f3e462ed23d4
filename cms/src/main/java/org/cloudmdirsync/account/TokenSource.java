package org.cloudmdirsync.account;

import java.io.IOException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.cloudmdirsync.oauth.Discovery;
import org.cloudmdirsync.oauth.TokenEndpoint;
import org.cloudmdirsync.oauth.TokenResponse.Granted;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.secret.SecretStore;
import org.cloudmdirsync.secret.Validity;

/** Where an account's access tokens come from, by its {@link Grant}. */
sealed interface TokenSource permits Rotation, AppTokens {

  static TokenSource of(
      Account account,
      SecretStore store,
      TokenEndpoint endpoint,
      Discovery discovery,
      Clocks clocks,
      RandomGenerator random) {
    return switch (account.grant()) {
      case Grant.Person _ -> new Rotation(account, store, endpoint, discovery, clocks);
      case Grant.ClientSecret _, Grant.Certificate _, Grant.ServiceAccount _ ->
          new AppTokens(account, endpoint, discovery, clocks, random);
    };
  }

  /**
   * Asks for a fresh token.
   *
   * @param lastHope whether every other resource has been refused already
   */
  Outcome refresh(Resource resource, boolean lastHope);

  /** Between which moments the refresh token is good, as far as that is known. */
  Optional<Validity> validity();

  /** Takes the refresh token back at the provider, and off the disk. */
  SignOutResult signOut();

  /**
   * Takes the refresh token, if there is one, of somebody who has just signed in.
   *
   * @throws IOException when it is only in memory so far
   */
  void adopt(Granted signIn) throws IOException;

  /** Writes what could not be written before. */
  void flush() throws IOException;

  /** Whether tokens can be had without another sign-in. */
  boolean signedIn() throws IOException;

  /** Puts a refresh token away that is refused everywhere, unless there is a newer one by now. */
  void quarantine(Secret dead) throws IOException;
}
