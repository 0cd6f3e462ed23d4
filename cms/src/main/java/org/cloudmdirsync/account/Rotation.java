package org.cloudmdirsync.account;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.cloudmdirsync.account.Outcome.NoRefreshToken;
import org.cloudmdirsync.account.Outcome.NotStored;
import org.cloudmdirsync.account.Outcome.Refreshed;
import org.cloudmdirsync.account.Outcome.Refused;
import org.cloudmdirsync.account.Outcome.Unavailable;
import org.cloudmdirsync.oauth.Discovery;
import org.cloudmdirsync.oauth.DiscoveryResult;
import org.cloudmdirsync.oauth.Endpoints;
import org.cloudmdirsync.oauth.Revocation;
import org.cloudmdirsync.oauth.TokenEndpoint;
import org.cloudmdirsync.oauth.TokenResponse;
import org.cloudmdirsync.oauth.TokenResponse.Granted;
import org.cloudmdirsync.oauth.TokenResponse.Remedy;
import org.cloudmdirsync.secret.DurableFile;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.secret.SecretStore;
import org.cloudmdirsync.secret.StoredSecret;
import org.cloudmdirsync.secret.UnreadableSecret;
import org.cloudmdirsync.secret.Validity;

/**
 * The account's refresh token at work: asks the provider and stores what comes back, in this order,
 * with the credential's lock held from reading the old refresh token until the new one is durable.
 *
 * <p>A refresh token that could not be written is kept in memory and written before anything else
 * is asked; the access token that came with it is forgotten, since nobody may see it before.
 */
final class Rotation implements TokenSource {
  /** Longer than another daemon's request takes, shorter than anybody waits for a mail to go. */
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(35);

  private final Account account;
  private final SecretStore store;
  private final TokenEndpoint endpoint;
  private final Discovery discovery;
  private final Clocks clocks;
  private final AtomicReference<Optional<Fresh>> unsaved = new AtomicReference<>(Optional.empty());
  private volatile Optional<Validity> validity = Optional.empty();

  /** A refresh token that is not on the disk yet. */
  private record Fresh(Secret token, Optional<Validity> validity) {}

  Rotation(
      Account account,
      SecretStore store,
      TokenEndpoint endpoint,
      Discovery discovery,
      Clocks clocks) {
    this.account = account;
    this.store = store;
    this.endpoint = endpoint;
    this.discovery = discovery;
    this.clocks = clocks;
  }

  /**
   * Asks for a fresh token.
   *
   * @param lastHope whether every other resource has refused the refresh token already. Only then
   *     the one before it is tried: where reuse is detected, that would kill a good one
   */
  @Override
  public Outcome refresh(Resource resource, boolean lastHope) {
    try (StoredSecret stored = take()) {
      save(stored);
      Optional<Secret> current = stored.current();
      validity = stored.validity();
      if (current.isEmpty()) {
        return new NoRefreshToken("nobody has signed in yet");
      }
      return switch (discovery.resolve(account.provider().endpoints())) {
        case DiscoveryResult.Found found ->
            refresh(resource, stored, found.endpoints(), current.get(), lastHope);
        case DiscoveryResult.Unavailable unavailable -> new Unavailable(unavailable.reason());
        case DiscoveryResult.Invalid invalid ->
            new Refused(
                refusal(Remedy.CONFIGURATION, "invalid_metadata", invalid.reason()), current.get());
      };
    } catch (UnreadableSecret e) {
      return new NoRefreshToken(DurableFile.reason(e));
    } catch (IOException e) {
      return new NotStored(DurableFile.reason(e));
    }
  }

  @Override
  public Optional<Validity> validity() {
    return validity;
  }

  /**
   * Takes the refresh token, if there is one, of somebody who has just signed in.
   *
   * @throws IOException when it is only in memory so far
   */
  @Override
  public void adopt(Granted signIn) throws IOException {
    if (signIn.refreshToken().isPresent()) {
      Optional<Validity> known = Forecast.ofSignIn(account, signIn, clocks.now().wall());
      unsaved.set(Optional.of(new Fresh(signIn.refreshToken().get(), known)));
      flush();
    }
  }

  /** Takes the refresh token back at the provider, and off the disk in any case. */
  @Override
  public SignOutResult signOut() {
    String user = account.user();
    try (StoredSecret stored = take()) {
      save(stored);
      Optional<Secret> current = stored.current();
      if (current.isEmpty()) {
        return new SignOutResult.NobodySignedIn(user);
      }
      SignOutResult result = revoked(current.get());
      stored.remove();
      validity = Optional.empty();
      return result;
    } catch (IOException e) {
      return new SignOutResult.Failed(user, DurableFile.reason(e));
    }
  }

  private SignOutResult revoked(Secret refreshToken) {
    String user = account.user();
    return switch (discovery.resolve(account.provider().endpoints())) {
      case DiscoveryResult.Unavailable unavailable ->
          new SignOutResult.NotReached(user, unavailable.reason());
      case DiscoveryResult.Invalid invalid -> new SignOutResult.NotReached(user, invalid.reason());
      case DiscoveryResult.Found found ->
          switch (endpoint.revoke(found.endpoints(), account.client(), refreshToken)) {
            case Revocation.Revoked _ -> new SignOutResult.Revoked(user);
            case Revocation.Failed failed -> new SignOutResult.NotReached(user, failed.reason());
            case Revocation.NotOffered _ -> new SignOutResult.NotRevocable(user, notRevocable());
          };
    };
  }

  private String notRevocable() {
    return account
        .provider()
        .terms()
        .noRevocation()
        .orElse(account.provider().title() + " has no way to take a sign-in back from here");
  }

  /** Writes what could not be written before. */
  @Override
  public void flush() throws IOException {
    if (unsaved.get().isPresent()) {
      try (StoredSecret stored = take()) {
        save(stored);
      }
    }
  }

  /** Whether there is a refresh token to go on with; an unreadable one is none. */
  @Override
  public boolean signedIn() throws IOException {
    try (StoredSecret stored = take()) {
      return stored.current().isPresent();
    } catch (UnreadableSecret e) {
      return false;
    }
  }

  /** Puts a refresh token away that is refused everywhere, unless there is a newer one by now. */
  @Override
  public void quarantine(Secret dead) throws IOException {
    try (StoredSecret stored = take()) {
      if (stored.current().equals(Optional.of(dead))) {
        stored.quarantine(clocks.now().wall());
      }
    }
  }

  private Outcome refresh(
      Resource resource, StoredSecret stored, Endpoints endpoints, Secret current, boolean lastHope)
      throws IOException {
    Outcome outcome = ask(resource, stored, endpoints, current);
    // Somebody who does not know our lock may have stored a newer one meanwhile.
    if (dead(outcome)) {
      Optional<Secret> newer = stored.current().filter(other -> !other.equals(current));
      if (newer.isPresent()) {
        outcome = ask(resource, stored, endpoints, newer.get());
      }
    }
    // The current one may never have counted for the server: fall back to the one before.
    if (lastHope && dead(outcome)) {
      Optional<Secret> previous = stored.previous().filter(other -> !other.equals(current));
      if (previous.isPresent()
          && ask(resource, stored, endpoints, previous.get()) instanceof Refreshed revived) {
        return new Refreshed(revived.token(), revived.refreshTokenLife(), true);
      }
    }
    return outcome;
  }

  private Outcome ask(
      Resource resource, StoredSecret stored, Endpoints endpoints, Secret refreshToken)
      throws IOException {
    Moment asked = clocks.now();
    TokenResponse response =
        endpoint.refresh(endpoints, account.client(), refreshToken, resource.request(account));
    return switch (response) {
      case Granted granted -> granted(resource, stored, granted, refreshToken, asked);
      case TokenResponse.Refused refused ->
          new Refused(
              new TokenResponse.Refused(
                  refused.remedy(),
                  refused.error(),
                  account.explained(refused.description()),
                  refused.claims()),
              refreshToken);
      case TokenResponse.Unavailable unavailable ->
          new Unavailable(unavailable.reason(), unavailable.retryAfter());
      case TokenResponse.Unusable unusable -> {
        keep(stored, unusable.refreshToken().orElse(refreshToken), stored.validity());
        yield new Unavailable(unusable.reason());
      }
    };
  }

  private Outcome granted(
      Resource resource, StoredSecret stored, Granted granted, Secret refreshToken, Moment asked)
      throws IOException {
    // RFC 6749 section 6: a new refresh token replaces the old one; without one the old one stays.
    keep(
        stored,
        granted.refreshToken().orElse(refreshToken),
        Forecast.ofRefresh(stored.validity(), granted, asked.wall()));
    Optional<String> missing = resource.missing(granted.scope());
    if (missing.isPresent()) {
      return new Refused(ungranted(missing.get()), refreshToken);
    }
    if (!granted.life().isPositive()) {
      return new Unavailable("the provider issued a token that has already expired");
    }
    return new Refreshed(
        new AccessToken(granted.accessToken(), asked, granted.life()),
        granted.refreshTokenLife(),
        false);
  }

  private void keep(StoredSecret stored, Secret next, Optional<Validity> known) throws IOException {
    // If somebody signed in meanwhile and waits for the lock, theirs is the newer one.
    unsaved.updateAndGet(signedIn -> signedIn.or(() -> Optional.of(new Fresh(next, known))));
    save(stored);
  }

  private void save(StoredSecret stored) throws IOException {
    Optional<Fresh> pending = unsaved.get();
    if (pending.isPresent()) {
      Fresh fresh = pending.get();
      stored.replace(fresh.token(), fresh.validity(), clocks.now().wall());
      validity = fresh.validity();
      unsaved.compareAndSet(pending, Optional.empty());
    }
  }

  private StoredSecret take() throws IOException {
    return store.take(account.credential(), LOCK_PATIENCE);
  }

  private static boolean dead(Outcome outcome) {
    return outcome instanceof Refused refused && refused.response().remedy() == Remedy.SIGN_IN;
  }

  static TokenResponse.Refused ungranted(String scope) {
    return refusal(
        Remedy.CONSENT,
        "insufficient_scope",
        "the permission " + scope + " was not granted; sign in again and allow it");
  }

  private static TokenResponse.Refused refusal(Remedy remedy, String error, String description) {
    return new TokenResponse.Refused(remedy, error, description, Optional.empty());
  }
}
