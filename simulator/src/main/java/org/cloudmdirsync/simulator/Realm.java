package org.cloudmdirsync.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One authorization server as a client addresses it.
 *
 * @param base scheme and authority the client used
 */
record Realm(String base, Flavour flavour, String tenant) {
  private static final Set<String> ALIASES = Set.of("common", "organizations", "consumers");

  static Realm of(Route route, HttpRequest request) {
    return new Realm(request.base(), route.flavour(), route.tenant());
  }

  /** What tokens and callbacks name as issuer. */
  String issuer() {
    return switch (flavour) {
      case MICROSOFT -> base + "/" + Issuer.TENANT_ID + "/v2.0";
      case GOOGLE -> base;
      case GENERIC -> base + "/generic";
    };
  }

  String devicePage() {
    return switch (flavour) {
      case MICROSOFT -> base + "/" + tenant + "/oauth2/deviceauth";
      case GOOGLE -> base + "/device";
      case GENERIC -> base + "/generic/activate";
    };
  }

  /** RFC 8414 section 2 and OpenID Connect Discovery section 3. */
  Map<String, Object> metadata() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.putAll(addresses());
    members.put("response_types_supported", List.of("code"));
    members.put("subject_types_supported", List.of("public"));
    members.put("id_token_signing_alg_values_supported", List.of("ES256"));
    members.put("code_challenge_methods_supported", List.of("plain", "S256"));
    members.put(
        "token_endpoint_auth_methods_supported",
        List.of("none", "client_secret_post", "client_secret_basic"));
    members.put(
        "grant_types_supported",
        List.of(
            "authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"));
    members.put("scopes_supported", List.of("openid", "email", "profile", "offline_access"));
    if (flavour == Flavour.GENERIC) {
      members.put("authorization_response_iss_parameter_supported", true);
    }
    return members;
  }

  private Map<String, Object> addresses() {
    return switch (flavour) {
      case MICROSOFT ->
          Map.of(
              "issuer", metadataIssuer(),
              "authorization_endpoint", base + "/" + tenant + "/oauth2/v2.0/authorize",
              "token_endpoint", base + "/" + tenant + "/oauth2/v2.0/token",
              "device_authorization_endpoint", base + "/" + tenant + "/oauth2/v2.0/devicecode",
              "userinfo_endpoint", base + "/oidc/userinfo",
              "jwks_uri", base + "/" + tenant + "/discovery/v2.0/keys");
      case GOOGLE ->
          Map.of(
              "issuer", issuer(),
              "authorization_endpoint", base + "/o/oauth2/v2/auth",
              "token_endpoint", base + "/token",
              "device_authorization_endpoint", base + "/device/code",
              "revocation_endpoint", base + "/revoke",
              "userinfo_endpoint", base + "/v1/userinfo",
              "jwks_uri", base + "/oauth2/v3/certs");
      case GENERIC ->
          Map.of(
              "issuer", issuer(),
              "authorization_endpoint", base + "/generic/authorize",
              "token_endpoint", base + "/generic/token",
              "device_authorization_endpoint", base + "/generic/device",
              "revocation_endpoint", base + "/generic/revoke",
              "introspection_endpoint", base + "/generic/introspect",
              "userinfo_endpoint", base + "/generic/userinfo",
              "jwks_uri", base + "/generic/jwks");
    };
  }

  /** The aliases' document holds a template, since the user's tenant is not known yet. */
  private String metadataIssuer() {
    return ALIASES.contains(tenant) ? base + "/{tenantid}/v2.0" : issuer();
  }
}
