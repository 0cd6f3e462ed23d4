package org.cloudmdirsync.account;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.cloudmdirsync.oauth.ClientCertificate;
import org.cloudmdirsync.oauth.Discovery;
import org.cloudmdirsync.oauth.DiscoveryResult;
import org.cloudmdirsync.oauth.Endpoints;
import org.cloudmdirsync.oauth.ServiceAccountKey;
import org.cloudmdirsync.oauth.TokenEndpoint;
import org.cloudmdirsync.oauth.TokenResponse;
import org.cloudmdirsync.oauth.TokenResponse.Granted;
import org.cloudmdirsync.oauth.TokenResponse.Remedy;
import org.cloudmdirsync.secret.DurableFile;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.secret.Validity;

/**
 * An app's tokens of its own: it shows what is configured, each time anew. There is no refresh
 * token, so nothing rests in the store, and nobody can sign in: every refusal is a matter of the
 * configuration or of an administrator.
 */
final class AppTokens implements TokenSource {
  private final Account account;
  private final TokenEndpoint endpoint;
  private final Discovery discovery;
  private final Clocks clocks;
  private final RandomGenerator random;

  AppTokens(
      Account account,
      TokenEndpoint endpoint,
      Discovery discovery,
      Clocks clocks,
      RandomGenerator random) {
    this.account = account;
    this.endpoint = endpoint;
    this.discovery = discovery;
    this.clocks = clocks;
    this.random = random;
  }

  @Override
  public Outcome refresh(Resource resource, boolean lastHope) {
    return switch (discovery.resolve(account.provider().endpoints())) {
      case DiscoveryResult.Found found -> ask(resource, found.endpoints());
      case DiscoveryResult.Unavailable unavailable -> new Outcome.Unavailable(unavailable.reason());
      case DiscoveryResult.Invalid invalid -> misconfigured("invalid_metadata", invalid.reason());
    };
  }

  private Outcome ask(Resource resource, Endpoints endpoints) {
    try {
      Moment asked = clocks.now();
      return outcome(resource, respond(resource.scopes(), endpoints, asked.wall()), asked);
    } catch (IOException e) {
      return misconfigured("invalid_key", DurableFile.reason(e));
    }
  }

  private TokenResponse respond(List<String> scope, Endpoints endpoints, Instant now)
      throws IOException {
    return switch (account.grant()) {
      case Grant.ClientSecret _ -> endpoint.clientCredentials(endpoints, account.client(), scope);
      case Grant.Certificate files ->
          endpoint.clientCredentials(
              endpoints,
              account.client(),
              ClientCertificate.read(files.certificate(), files.privateKey(), now),
              scope,
              now,
              random);
      case Grant.ServiceAccount service ->
          endpoint.jwtBearer(
              endpoints, ServiceAccountKey.read(service.keyFile()), account.user(), scope, now);
      case Grant.Person _ -> throw new IllegalStateException("a person's tokens are Rotation's");
    };
  }

  private Outcome outcome(Resource resource, TokenResponse response, Moment asked) {
    return switch (response) {
      case Granted granted -> granted(resource, granted, asked);
      case TokenResponse.Refused refused -> new Outcome.Declined(forNobody(refused));
      case TokenResponse.Unavailable unavailable ->
          new Outcome.Unavailable(unavailable.reason(), unavailable.retryAfter());
      case TokenResponse.Unusable unusable -> new Outcome.Unavailable(unusable.reason());
    };
  }

  private Outcome granted(Resource resource, Granted granted, Moment asked) {
    Optional<String> missing = resource.missing(granted.scope());
    if (missing.isPresent()) {
      return misconfigured(
          "insufficient_scope",
          "the app was not given the permission " + missing.get() + ": ask an administrator");
    }
    return new Outcome.Refreshed(
        new AccessToken(granted.accessToken(), asked, granted.life()), Optional.empty(), false);
  }

  /** Whatever a person could do by signing in, nobody can here. */
  private TokenResponse.Refused forNobody(TokenResponse.Refused refused) {
    String words = account.explained(refused.description());
    return switch (refused.remedy()) {
      case SIGN_IN, CONSENT -> refused(Remedy.ADMINISTRATOR, refused.error(), words);
      case CONFIGURATION, ADMINISTRATOR, WAIT -> refused(refused.remedy(), refused.error(), words);
    };
  }

  private static Outcome misconfigured(String error, String reason) {
    return new Outcome.Declined(refused(Remedy.CONFIGURATION, error, reason));
  }

  private static TokenResponse.Refused refused(Remedy remedy, String error, String description) {
    return new TokenResponse.Refused(remedy, error, description, Optional.empty());
  }

  @Override
  public Optional<Validity> validity() {
    return Optional.empty();
  }

  @Override
  public SignOutResult signOut() {
    return new SignOutResult.Failed(
        account.user(),
        "nobody is signed in: the account is app-only, by what the configuration says; take it out"
            + " there, and end the app's rights at "
            + account.provider().title());
  }

  @Override
  public void adopt(Granted signIn) {
    throw new IllegalStateException("nobody can sign in to an app-only account");
  }

  @Override
  public void flush() {}

  @Override
  public boolean signedIn() {
    return true;
  }

  @Override
  public void quarantine(Secret dead) {}
}
