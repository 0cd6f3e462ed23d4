package org.cloudmdirsync.account;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.cloudmdirsync.account.PendingSignIns.Pending;
import org.cloudmdirsync.oauth.AuthorizationRequest;
import org.cloudmdirsync.oauth.AuthorizationResponse;
import org.cloudmdirsync.oauth.Discovery;
import org.cloudmdirsync.oauth.DiscoveryResult;
import org.cloudmdirsync.oauth.Endpoints;
import org.cloudmdirsync.oauth.TokenEndpoint;
import org.cloudmdirsync.oauth.TokenResponse.Granted;
import org.cloudmdirsync.oauth.TokenResponse.Refused;
import org.cloudmdirsync.oauth.TokenResponse.Unavailable;
import org.cloudmdirsync.oauth.TokenResponse.Unusable;
import org.cloudmdirsync.oauth.UserInfo;
import org.cloudmdirsync.secret.DurableFile;

/**
 * Signing in with a browser: the authorization code flow (RFC 6749 section 4.1).
 *
 * <p>Consent is asked once for everything an account is used for; the code is redeemed for one
 * resource, and the others' tokens come from the same refresh token. Several people may sign in at
 * once.
 */
public final class SignIns {
  private final Map<String, TokenKeeper> keepers;
  private final TokenEndpoint endpoint;
  private final Discovery discovery;
  private final UserInfo userInfo;
  private final Clocks clocks;
  private final RandomGenerator random;
  private final Consumer<AccountEvent> events;
  private final PendingSignIns pending = new PendingSignIns();

  /** Who got no refresh token the last time, and is asked for consent explicitly the next time. */
  private final Set<String> withoutRefreshToken = ConcurrentHashMap.newKeySet();

  SignIns(
      Map<String, TokenKeeper> keepers,
      TokenEndpoint endpoint,
      Discovery discovery,
      UserInfo userInfo,
      Clocks clocks,
      RandomGenerator random,
      Consumer<AccountEvent> events) {
    this.keepers = keepers;
    this.endpoint = endpoint;
    this.discovery = discovery;
    this.userInfo = userInfo;
    this.clocks = clocks;
    this.random = random;
    this.events = events;
  }

  /** Begins a sign-in; it may be completed within ten minutes. */
  public BeginResult begin(String user) {
    TokenKeeper keeper = keepers.get(user);
    if (keeper == null) {
      return new BeginResult.UnknownUser();
    }
    return switch (discovery.resolve(keeper.account().provider().endpoints())) {
      case DiscoveryResult.Found found -> begin(keeper, found.endpoints());
      case DiscoveryResult.Unavailable unavailable ->
          new BeginResult.Unavailable(unavailable.reason());
      case DiscoveryResult.Invalid invalid -> new BeginResult.Unavailable(invalid.reason());
    };
  }

  /**
   * Completes a sign-in.
   *
   * @param callback the address the browser was sent to, with its query
   */
  public SignInResult complete(URI callback) {
    Optional<Pending> found =
        AuthorizationResponse.state(callback).flatMap(s -> pending.take(s, clocks.now()));
    if (found.isEmpty()) {
      return new SignInResult.UnknownState(
          "it was used already, took longer than ten minutes, or was not begun here; begin again"
              + " from the list of accounts");
    }
    String user = found.get().keeper().account().user();
    return switch (AuthorizationResponse.parse(found.get().request(), callback)) {
      case AuthorizationResponse.Code code -> redeem(found.get(), code);
      case AuthorizationResponse.Denied denied ->
          new SignInResult.Denied(user, words(denied.error(), denied.description()));
      case AuthorizationResponse.Mismatch mismatch ->
          new SignInResult.Failed(user, mismatch.reason());
    };
  }

  private BeginResult begin(TokenKeeper keeper, Endpoints endpoints) {
    Account account = keeper.account();
    Map<String, String> parameters =
        new LinkedHashMap<>(account.provider().authorizationParameters());
    parameters.putAll(keeper.challenge());
    boolean consent = withoutRefreshToken.contains(account.user());
    if (consent) {
      parameters.put("prompt", "consent");
    }
    AuthorizationRequest request =
        AuthorizationRequest.create(
            endpoints, account.client(), everything(keeper), parameters, account.user(), random);
    Moment now = clocks.now();
    pending.add(
        new Pending(keeper, endpoints, request, consent, now.plus(PendingSignIns.LIFE)), now);
    return new BeginResult.Redirect(request.uri());
  }

  private static List<String> everything(TokenKeeper keeper) {
    Stream<String> needed = keeper.resources().stream().flatMap(r -> r.scopes().stream());
    Stream<String> common = keeper.account().provider().commonScopes().stream();
    return List.copyOf(new LinkedHashSet<>(Stream.concat(needed, common).toList()));
  }

  private SignInResult redeem(Pending begun, AuthorizationResponse.Code code) {
    Account account = begun.keeper().account();
    // One resource per token request, whatever was consented to (Microsoft: AADSTS28002 otherwise).
    Resource resource = begun.keeper().resources().getFirst();
    return switch (endpoint.redeem(
        begun.endpoints(),
        account.client(),
        code.code(),
        begun.request().verifier(),
        resource.request(account))) {
      case Granted granted -> identify(begun, resource, granted);
      case Refused refused ->
          new SignInResult.Failed(account.user(), words(refused.error(), refused.description()));
      case Unavailable unavailable ->
          new SignInResult.Failed(account.user(), unavailable.reason() + "; begin again");
      case Unusable unusable ->
          new SignInResult.Failed(account.user(), unusable.reason() + "; begin again");
    };
  }

  private SignInResult identify(Pending begun, Resource resource, Granted granted) {
    Account account = begun.keeper().account();
    return switch (Identification.of(account, begun.endpoints(), granted, userInfo)) {
      case Identification.Verified _ -> check(begun, resource, granted);
      case Identification.Unverified _ -> {
        events.accept(new AccountEvent.IdentityUnverified(account));
        yield check(begun, resource, granted);
      }
      case Identification.SomebodyElse other -> {
        String reason = other.actual() + " signed in; sign in as " + account.user();
        events.accept(new AccountEvent.Problem(account, reason));
        yield new SignInResult.WrongUser(account.user(), other.actual());
      }
      case Identification.Unanswered unanswered ->
          new SignInResult.Failed(
              account.user(),
              account.provider().title()
                  + " did not say who signed in ("
                  + unanswered.reason()
                  + "); begin again");
    };
  }

  private SignInResult check(Pending begun, Resource resource, Granted granted) {
    Account account = begun.keeper().account();
    Optional<String> missing = resource.missing(granted.scope());
    if (missing.isPresent()) {
      String reason = Rotation.ungranted(missing.get()).description();
      events.accept(new AccountEvent.Problem(account, reason));
      return new SignInResult.Failed(account.user(), reason);
    }
    try {
      return keep(begun, resource, granted);
    } catch (IOException e) {
      // The keeper has it in memory and goes on trying; the person has done their part.
      events.accept(new AccountEvent.Problem(account, DurableFile.reason(e)));
      return new SignInResult.SignedIn(account.user());
    }
  }

  private SignInResult keep(Pending begun, Resource resource, Granted granted) throws IOException {
    TokenKeeper keeper = begun.keeper();
    Account account = keeper.account();
    boolean lasting = granted.refreshToken().isPresent() || keeper.hasRefreshToken();
    keeper.signedIn(resource, granted);
    events.accept(new AccountEvent.SignedIn(account));
    if (lasting) {
      withoutRefreshToken.remove(account.user());
      return new SignInResult.SignedIn(account.user());
    }
    withoutRefreshToken.add(account.user());
    String reason =
        account.provider().title()
            + " gave a token for "
            + granted.life().toMinutes()
            + " minutes but no refresh token";
    events.accept(new AccountEvent.Problem(account, reason));
    return begun.consentAsked()
        ? new SignInResult.SignedIn(account.user())
        : new SignInResult.Failed(
            account.user(), reason + "; sign in once more: consent will be asked for explicitly");
  }

  private static String words(String error, String description) {
    return description.isEmpty() ? error : error + ": " + description;
  }
}
