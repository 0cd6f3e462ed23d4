package org.cloudmdirsync.account;

import java.net.URI;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.cloudmdirsync.account.Admission.Attempt;
import org.cloudmdirsync.account.PendingSignIns.Pending;
import org.cloudmdirsync.oauth.AuthorizationRequest;
import org.cloudmdirsync.oauth.AuthorizationResponse;
import org.cloudmdirsync.oauth.DeviceResponse;
import org.cloudmdirsync.oauth.Discovery;
import org.cloudmdirsync.oauth.DiscoveryResult;
import org.cloudmdirsync.oauth.EndpointSource;
import org.cloudmdirsync.oauth.Endpoints;
import org.cloudmdirsync.oauth.TokenEndpoint;
import org.cloudmdirsync.oauth.UserInfo;

/**
 * Signing in: with a browser, the authorization code flow (RFC 6749 section 4.1), or with a code
 * that is typed on another device (RFC 8628).
 *
 * <p>Consent is asked once for everything an account is used for; the code is redeemed for one
 * resource, and the others' tokens come from the same refresh token. Several people may sign in at
 * once.
 */
public final class SignIns {
  private static final String APP_ONLY =
      "nobody signs in to this account: it is app-only, by what the configuration says";

  private static final String OTHER_WAYS =
      "; sign in with a browser on this machine, or in any browser and paste the address it ends on";

  private final Map<String, TokenKeeper> keepers;
  private final TokenEndpoint endpoint;
  private final Discovery discovery;
  private final Clocks clocks;
  private final RandomGenerator random;
  private final Admission admission;
  private final PendingSignIns pending = new PendingSignIns();

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
    this.clocks = clocks;
    this.random = random;
    this.admission = new Admission(userInfo, events);
  }

  /** Begins a sign-in; it may be completed within ten minutes. */
  public BeginResult begin(String user) {
    TokenKeeper keeper = keepers.get(user);
    if (keeper == null) {
      return new BeginResult.UnknownUser();
    } else if (isAppOnly(keeper)) {
      return new BeginResult.Unavailable(APP_ONLY);
    }
    return switch (discovery.resolve(keeper.account().provider().endpoints())) {
      case DiscoveryResult.Found found -> begin(keeper, found.endpoints());
      case DiscoveryResult.Unavailable unavailable ->
          new BeginResult.Unavailable(unavailable.reason());
      case DiscoveryResult.Invalid invalid -> new BeginResult.Unavailable(invalid.reason());
    };
  }

  /**
   * Completes a sign-in with what a person pasted: the address that the browser ended on, perhaps
   * broken by a mail program or a terminal, in quotes, or without its beginning.
   */
  public SignInResult complete(String pasted) {
    return switch (Pasted.of(pasted)) {
      case Pasted.Address(URI address) -> complete(address);
      case Pasted.Useless(String reason) -> new SignInResult.UnknownState(reason);
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
    String user = found.get().attempt().user();
    return switch (AuthorizationResponse.parse(found.get().request(), callback)) {
      case AuthorizationResponse.Code code -> redeem(found.get(), code);
      case AuthorizationResponse.Denied denied ->
          new SignInResult.Denied(
              user,
              Admission.words(
                  found.get().attempt().account(), denied.error(), denied.description()));
      case AuthorizationResponse.Mismatch mismatch ->
          new SignInResult.Failed(user, mismatch.reason());
    };
  }

  /** The ways that the provider allows this user; none for an unknown one. It may be asked. */
  public Set<SignInWay> ways(String user) {
    return ways(
        user,
        source ->
            discovery.resolve(source) instanceof DiscoveryResult.Found(Endpoints endpoints)
                && endpoints.deviceAuthorization().isPresent());
  }

  /**
   * The ways that the provider may allow this user, without asking it: who tries one that it does
   * not allow is told so.
   */
  public Set<SignInWay> possibleWays(String user) {
    return ways(
        user,
        source ->
            discovery
                .known(source)
                .map(endpoints -> endpoints.deviceAuthorization().isPresent())
                .orElse(true));
  }

  private Set<SignInWay> ways(String user, Predicate<EndpointSource> takesCodes) {
    TokenKeeper keeper = keepers.get(user);
    if (keeper == null || isAppOnly(keeper)) {
      return Set.of();
    }
    return takesCodes.test(keeper.account().provider().endpoints())
        ? EnumSet.allOf(SignInWay.class)
        : EnumSet.of(SignInWay.BROWSER, SignInWay.PASTE);
  }

  /** Asks for a code that a person types on another device (RFC 8628). */
  public DeviceResult device(String user) {
    TokenKeeper keeper = keepers.get(user);
    if (keeper == null) {
      return new DeviceResult.UnknownUser();
    } else if (isAppOnly(keeper)) {
      return new DeviceResult.NotOffered(APP_ONLY);
    }
    return switch (discovery.resolve(keeper.account().provider().endpoints())) {
      case DiscoveryResult.Found found -> device(keeper, found.endpoints());
      case DiscoveryResult.Unavailable unavailable ->
          new DeviceResult.Unavailable(unavailable.reason());
      case DiscoveryResult.Invalid invalid -> new DeviceResult.Unavailable(invalid.reason());
    };
  }

  /**
   * Signs out: the provider takes the refresh token back where it can, and this machine forgets it
   * in any case.
   */
  public SignOutResult signOut(String user) {
    TokenKeeper keeper = keepers.get(user);
    return keeper == null ? new SignOutResult.UnknownUser() : keeper.signOut();
  }

  private static boolean isAppOnly(TokenKeeper keeper) {
    return !(keeper.account().grant() instanceof Grant.Person);
  }

  private DeviceResult device(TokenKeeper keeper, Endpoints endpoints) {
    Account account = keeper.account();
    if (endpoints.deviceAuthorization().isEmpty()) {
      return new DeviceResult.NotOffered(
          account
                  .provider()
                  .terms()
                  .noDevice()
                  .orElse(account.provider().title() + " has no sign-in by a code")
              + OTHER_WAYS);
    }
    return switch (endpoint.authorizeDevice(
        endpoints.deviceAuthorization().get(), account.client(), everything(keeper), random)) {
      case DeviceResponse.Issued issued ->
          new DeviceResult.Begun(
              new DeviceSignIn(
                  admission.attempt(keeper, endpoints),
                  issued.authorization(),
                  endpoint,
                  admission,
                  clocks));
      case DeviceResponse.Unavailable unavailable ->
          new DeviceResult.Unavailable(unavailable.reason());
      case DeviceResponse.Refused refused ->
          new DeviceResult.NotOffered(
              Admission.words(account, refused.error(), refused.description()) + OTHER_WAYS);
    };
  }

  private BeginResult begin(TokenKeeper keeper, Endpoints endpoints) {
    Account account = keeper.account();
    Map<String, String> parameters =
        new LinkedHashMap<>(account.provider().authorizationParameters());
    parameters.putAll(keeper.challenge());
    Attempt attempt = admission.attempt(keeper, endpoints);
    if (attempt.consentAsked()) {
      parameters.put("prompt", "consent");
    }
    AuthorizationRequest request =
        AuthorizationRequest.create(
            endpoints, account.client(), everything(keeper), parameters, account.user(), random);
    Moment now = clocks.now();
    pending.add(new Pending(attempt, request, now.plus(PendingSignIns.LIFE)), now);
    return new BeginResult.Redirect(request.uri());
  }

  private static List<String> everything(TokenKeeper keeper) {
    Stream<String> needed = keeper.resources().stream().flatMap(r -> r.scopes().stream());
    Stream<String> common = keeper.account().provider().commonScopes().stream();
    return List.copyOf(new LinkedHashSet<>(Stream.concat(needed, common).toList()));
  }

  private SignInResult redeem(Pending begun, AuthorizationResponse.Code code) {
    Attempt attempt = begun.attempt();
    Moment asked = clocks.now();
    return admission.admit(
        attempt,
        endpoint.redeem(
            attempt.endpoints(),
            attempt.account().client(),
            code.code(),
            begun.request().verifier(),
            attempt.resource().request(attempt.account())),
        asked);
  }
}
