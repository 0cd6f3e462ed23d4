package org.cloudmdirsync.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The token endpoint's grants of a person; those of an app are in {@link AppGrants}. */
final class TokenGrants {
  private final Cloud cloud;
  private final ClientRules clients;
  private final DeviceFlow devices;
  private final Issuer issuer;
  private final AppGrants apps;

  TokenGrants(Cloud cloud, ClientRules clients, DeviceFlow devices, Issuer issuer) {
    this.cloud = cloud;
    this.clients = clients;
    this.devices = devices;
    this.issuer = issuer;
    this.apps = new AppGrants(cloud, issuer);
  }

  Map<String, Object> serve(Realm realm, HttpRequest request, Form form) throws Refusal {
    if (!request.isPost()) {
      throw new Refusal("invalid_request", "The token endpoint takes POST only.");
    }
    if (form.repeatsBeside(Set.of())) {
      throw new Refusal("invalid_request", "A parameter is given twice.");
    }
    if (form.text("grant_type").equals(AppGrants.JWT_BEARER)) {
      return apps.jwtBearer(realm, request, form); // the assertion says who asks
    }
    String client = clients.authenticate(realm.flavour(), request, form);
    return switch (form.text("grant_type")) {
      case "authorization_code" -> redeem(realm, client, form);
      case "refresh_token" -> refresh(realm, client, form);
      case AppGrants.CLIENT_CREDENTIALS -> apps.clientCredentials(realm, request, client, form);
      case DeviceFlow.GRANT -> first(realm, devices.poll(realm, client, form), form);
      default -> throw new Refusal("unsupported_grant_type", "This grant_type is not known.");
    };
  }

  private Map<String, Object> redeem(Realm realm, String client, Form form) throws Refusal {
    Code code =
        cloud
            .vault()
            .spend(form.text("code"))
            .orElseThrow(() -> refusal(realm, 70000, "Malformed auth code."));
    if (code.used()) {
      cloud.counters().count("code-reuses");
      cloud.vault().revokeFamily(code.family()); // RFC 6749 section 4.1.2
      throw refusal(realm, 54005, "The code was used before.");
    }
    if (!cloud.clock().instant().isBefore(code.until())) {
      throw refusal(realm, 70008, "The code has expired.");
    }
    check(realm, code.consent(), client);
    if (!code.redirectUri().equals(form.text("redirect_uri"))) {
      throw refusal(realm, 50011, "The redirect_uri differs from the authorization request's.");
    }
    if (code.challenge().isPresent()
        && !code.challenge().get().isMetBy(form.text("code_verifier"))) {
      throw refusal(realm, 501481, "The code_verifier does not match.");
    }
    return first(realm, new Granted(code.consent(), code.family()), form);
  }

  /** A consent and the family its tokens belong to. */
  record Granted(Consent consent, String family) {}

  private Map<String, Object> first(Realm realm, Granted granted, Form form) throws Refusal {
    Consent consent = granted.consent();
    if (realm.flavour() == Flavour.MICROSOFT && Scopes.resources(form.words("scope")).size() > 1) {
      throw refusal(realm, 70011, "");
    }
    Map<String, Object> members = tokens(realm, granted, form);
    boolean offline =
        realm.flavour() != Flavour.MICROSOFT || consent.scope().contains("offline_access");
    if (offline) {
      members.put("refresh_token", issuer.refreshToken(consent, granted.family()));
    }
    return members;
  }

  private Map<String, Object> refresh(Realm realm, String client, Form form) throws Refusal {
    String text = form.text("refresh_token");
    RefreshToken token =
        cloud
            .vault()
            .refreshToken(text)
            .orElseThrow(() -> refusal(realm, 70000, "Token has been expired or revoked."));
    check(realm, token.consent(), client);
    switch (token.state()) {
      case REVOKED -> throw refusal(realm, 50173, "Token has been expired or revoked.");
      case ROTATED -> throw reuse(realm, token);
      case ALIVE -> {}
    }
    Granted granted = new Granted(token.consent(), token.family());
    Flavour.Rotation rotation = rotation(realm.flavour());
    checkScope(realm, token.consent(), form.words("scope"));
    boolean replaces =
        rotation == Flavour.Rotation.KILL_OLD || rotation == Flavour.Rotation.KILL_FAMILY;
    if (replaces && !cloud.vault().rotate(text)) {
      throw reuse(realm, token);
    }
    Map<String, Object> members = tokens(realm, granted, form);
    if (rotation != Flavour.Rotation.NEVER) {
      members.put("refresh_token", issuer.refreshToken(token.consent(), token.family()));
    }
    cloud.counters().count("refreshes");
    return members;
  }

  private Refusal reuse(Realm realm, RefreshToken token) {
    cloud.counters().count("reuses");
    if (rotation(realm.flavour()) == Flavour.Rotation.KILL_FAMILY) {
      cloud.vault().revokeFamily(token.family());
    }
    return refusal(realm, 70000, "The refresh token was used before.");
  }

  private Map<String, Object> tokens(Realm realm, Granted granted, Form form) throws Refusal {
    List<String> asked = form.words("scope");
    checkScope(realm, granted.consent(), asked);
    List<String> scope = asked.isEmpty() ? granted.consent().scope() : asked;
    if (realm.flavour() != Flavour.MICROSOFT) {
      return issuer.tokens(granted.consent(), granted.family(), scope, "", realm.issuer());
    }
    List<String> ofOne = Scopes.ofFirstResource(scope);
    String audience =
        Scopes.resources(scope).stream().findFirst().orElse("https://graph.microsoft.com");
    return issuer.tokens(granted.consent(), granted.family(), ofOne, audience, realm.issuer());
  }

  private void checkScope(Realm realm, Consent consent, List<String> asked) throws Refusal {
    Optional<String> more =
        asked.stream().filter(s -> !Scopes.agreed(consent.scope(), s)).findFirst();
    if (more.isPresent()) {
      throw realm.flavour() == Flavour.MICROSOFT
          ? refusal(realm, 65001, "")
          : new Refusal("invalid_scope", "Not agreed to: " + more.get());
    }
  }

  private void check(Realm realm, Consent consent, String client) throws Refusal {
    if (consent.flavour() != realm.flavour() || !consent.clientId().equals(client)) {
      throw refusal(realm, 70000, "The grant was issued to another client.");
    }
    if (!consent.tenant().equals(realm.tenant())) {
      throw refusal(realm, 700005, "");
    }
  }

  private Flavour.Rotation rotation(Flavour flavour) {
    return switch (cloud.switches().text(Switch.ROTATION)) {
      case "never" -> Flavour.Rotation.NEVER;
      case "keep-old" -> Flavour.Rotation.KEEP_OLD;
      case "kill-old" -> Flavour.Rotation.KILL_OLD;
      case "kill-family" -> Flavour.Rotation.KILL_FAMILY;
      default -> flavour.rotation;
    };
  }

  private Refusal refusal(Realm realm, int aadsts, String description) {
    return realm.flavour() == Flavour.MICROSOFT
        ? Aadsts.refusal(aadsts, cloud.clock().instant())
        : new Refusal("invalid_grant", description);
  }
}
