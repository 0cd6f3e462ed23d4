package org.cloudmdirsync.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The authorization servers of all flavours, side by side; faults come before the truth. */
final class AuthorizationServer {
  private final Cloud cloud;
  private final IdTokens idTokens;
  private final AuthorizePage authorize;
  private final TokenGrants grants;
  private final DeviceFlow devices;
  private final TokenFacts facts;

  AuthorizationServer(Cloud cloud, IdTokens idTokens) {
    this.cloud = cloud;
    this.idTokens = idTokens;
    ClientRules clients = new ClientRules(cloud);
    this.authorize = new AuthorizePage(cloud, clients);
    this.devices = new DeviceFlow(cloud);
    this.grants = new TokenGrants(cloud, clients, devices, new Issuer(cloud, idTokens));
    this.facts = new TokenFacts(cloud);
  }

  HttpOutcome serve(HttpRequest request) {
    Optional<Route> route = Route.of(request.path());
    if (route.isEmpty()) {
      return HttpOutcome.Reply.text(404, "The simulator has nothing at " + request.path() + "\n");
    }
    try {
      return serve(route.get(), request);
    } catch (IllegalArgumentException e) {
      return new Refusal("invalid_request", String.valueOf(e.getMessage())).reply();
    }
  }

  private HttpOutcome serve(Route route, HttpRequest request) {
    List<String> names = names(route, request);
    names.forEach(cloud.counters()::count);
    return cloud
        .httpFaults()
        .take(names)
        .map(fault -> misbehave(fault, () -> truth(route, request)))
        .orElseGet(() -> truth(route, request));
  }

  /** The names of faults and counters: {@code token.refresh_token} before {@code token}. */
  private static List<String> names(Route route, HttpRequest request) {
    String name = route.place().key();
    if (route.place() != Route.Place.TOKEN) {
      return List.of(name);
    }
    String grant = request.form().text("grant_type");
    return List.of(name + "." + grant.substring(grant.lastIndexOf(':') + 1), name);
  }

  private HttpOutcome.Reply truth(Route route, HttpRequest request) {
    Realm realm = Realm.of(route, request);
    return switch (route.place()) {
      case AUTHORIZE -> authorize.serve(realm, request);
      case TOKEN -> token(realm, request);
      case DEVICE -> device(realm, request);
      case DEVICE_PAGE -> devices.page(request);
      case REVOKE -> facts.revocation(realm.flavour(), request.parameters());
      case USERINFO -> facts.userInfo(realm.flavour(), request);
      case INTROSPECT -> facts.introspection(request.parameters());
      case METADATA -> HttpOutcome.Reply.json(200, realm.metadata());
      case KEYS -> HttpOutcome.Reply.json(200, idTokens.keySet());
    };
  }

  private HttpOutcome.Reply token(Realm realm, HttpRequest request) {
    Form form = request.form();
    String outcome = "granted";
    try {
      return HttpOutcome.Reply.json(200, grants.serve(realm, request, form))
          .with("Cache-Control", "no-store")
          .with("Pragma", "no-cache");
    } catch (Refusal refusal) {
      outcome = refusal.error();
      return refusal.reply();
    } finally {
      cloud.journal().add("token", details(form, outcome));
    }
  }

  private static Map<String, String> details(Form form, String outcome) {
    Map<String, String> details = new LinkedHashMap<>();
    for (String name : List.of("grant_type", "client_id", "scope", "redirect_uri")) {
      form.get(name).ifPresent(value -> details.put(name, value));
    }
    form.get("refresh_token")
        .ifPresent(token -> details.put("refresh_token_sha256", Hash.of(token)));
    details.put("outcome", outcome);
    return details;
  }

  private HttpOutcome.Reply device(Realm realm, HttpRequest request) {
    try {
      return HttpOutcome.Reply.json(200, devices.begin(realm, request.parameters()));
    } catch (Refusal refusal) {
      return refusal.reply();
    }
  }

  private HttpOutcome misbehave(HttpFault fault, Supplier<HttpOutcome.Reply> truth) {
    return switch (fault) {
      case HttpFault.Answer(int status, var headers, String body) ->
          new HttpOutcome.Reply(status, headers, body);
      case HttpFault.OAuthError(int status, String error, var members) ->
          new Refusal(status, error, members).reply();
      case HttpFault.Aadsts(int number) -> Aadsts.refusal(number, cloud.clock().instant()).reply();
      case HttpFault.Edited edited -> edit(truth.get(), edited);
      case HttpFault.Huge(int bytes) -> padded(truth.get(), bytes);
      case HttpFault.Drip(int millis) -> new HttpOutcome.Dripped(truth.get(), millis);
      case HttpFault.CutShort() -> new HttpOutcome.CutShort(truth.get());
      case HttpFault.Hang() -> new HttpOutcome.Hanging();
      case HttpFault.Reset() -> new HttpOutcome.ResetConnection();
    };
  }

  private static HttpOutcome.Reply edit(HttpOutcome.Reply reply, HttpFault.Edited edited) {
    Map<String, Object> members = new LinkedHashMap<>(Json.readObject(reply.body()));
    members.putAll(edited.set());
    members.keySet().removeAll(edited.without());
    return new HttpOutcome.Reply(reply.status(), reply.headers(), Json.write(members));
  }

  private static HttpOutcome.Reply padded(HttpOutcome.Reply reply, int bytes) {
    String body = reply.body();
    String padding = " ".repeat(Math.max(0, bytes - body.length()));
    return new HttpOutcome.Reply(reply.status(), reply.headers(), body + padding);
  }
}
