package org.cloudmdirsync.simulator;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Grants without a person: client credentials (RFC 6749 section 4.4), with a secret or a
 * certificate (RFC 7523 section 2.2), and a service account's assertion (section 2.1).
 */
final class AppGrants {
  static final String CLIENT_CREDENTIALS = "client_credentials";
  static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final Set<String> ALIASES = Set.of("common", "organizations", "consumers");
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Cloud cloud;
  private final Issuer issuer;

  AppGrants(Cloud cloud, Issuer issuer) {
    this.cloud = cloud;
    this.issuer = issuer;
  }

  /** The client has been looked at already; a public one may not ask. */
  Map<String, Object> clientCredentials(Realm realm, HttpRequest request, String client, Form form)
      throws Refusal {
    if (form.get("client_assertion").isPresent()) {
      checkAssertion(realm, request, client, form);
    } else if (cloud.directory().client(client).flatMap(Client::secret).isEmpty()) {
      throw refusal(realm, 7000218, "invalid_client", "A secret or an assertion is required.");
    }
    if (ALIASES.contains(realm.tenant())) {
      throw refusal(realm, 50059, "invalid_request", "");
    }
    List<String> scope = form.words("scope");
    if (realm.flavour() == Flavour.MICROSOFT
        && (scope.size() != 1 || !scope.getFirst().endsWith("/.default"))) {
      throw refusal(realm, 1002012, "invalid_scope", "");
    }
    return tokens(realm, client, Directory.EVERY_MAILBOX, scope);
  }

  private void checkAssertion(Realm realm, HttpRequest request, String client, Form form)
      throws Refusal {
    Assertion assertion = Assertion.read(form.text("client_assertion"));
    Optional<X509Certificate> certificate = cloud.directory().certificate(client);
    if (certificate.isEmpty()
        || !thumbprint(certificate.get()).equals(assertion.header().get("x5t#S256"))
        || !assertion.isSignedBy(certificate.get().getPublicKey())) {
      throw refusal(realm, 700027, "invalid_client", "The signature is not the client's.");
    }
    if (!assertion.isTimely(cloud.clock().instant(), LONGEST)) {
      throw refusal(realm, 700024, "invalid_client", "The assertion is not valid now.");
    }
    if (!assertion.claim("aud").equals(request.base() + request.path())
        || !assertion.claim("iss").equals(client)
        || !assertion.claim("sub").equals(client)
        || assertion.claim("jti").isEmpty()) {
      throw refusal(realm, 50027, "invalid_client", "The assertion is about something else.");
    }
  }

  private static String thumbprint(X509Certificate certificate) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Google's service accounts, in the name of a user of a domain that delegated it. */
  Map<String, Object> jwtBearer(Realm realm, HttpRequest request, Form form) throws Refusal {
    Assertion assertion = Assertion.read(form.text("assertion"));
    ServiceAccount account =
        cloud
            .directory()
            .serviceAccount(assertion.claim("iss"))
            .orElseThrow(() -> new Refusal("invalid_grant", "Invalid grant: account not found"));
    if (!assertion.isSignedBy(account.key())) {
      throw new Refusal("invalid_grant", "Invalid JWT Signature.");
    }
    if (!assertion.isTimely(cloud.clock().instant(), LONGEST)) {
      throw new Refusal(
          "invalid_grant",
          "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable"
              + " timeframe.");
    }
    if (!assertion.claim("aud").equals(request.base() + request.path())) {
      throw new Refusal("invalid_grant", "Invalid JWT: Failed audience check.");
    }
    List<String> scope = List.of(assertion.claim("scope").split(" "));
    String user = assertion.claim("sub");
    if (!account.mayActFor(user, scope)) {
      throw new Refusal(
          401,
          "unauthorized_client",
          Map.of(
              "error_description",
              "Client is unauthorized to retrieve access tokens using this method, or client not"
                  + " authorized for any of the scopes requested."));
    }
    if (!cloud.directory().exists(user)) {
      throw new Refusal("invalid_grant", "Invalid email or User ID");
    }
    return tokens(realm, account.email(), user, scope);
  }

  private Map<String, Object> tokens(Realm realm, String client, String user, List<String> scope) {
    String audience = realm.flavour() == Flavour.MICROSOFT ? Scopes.resource(scope.getFirst()) : "";
    Consent consent =
        new Consent(realm.flavour(), realm.tenant(), client, user, scope, Optional.empty());
    Map<String, Object> members =
        issuer.tokens(consent, cloud.texts().random(16), scope, audience, realm.issuer());
    members.remove("scope"); // neither of them says it
    return members;
  }

  private Refusal refusal(Realm realm, int aadsts, String error, String description) {
    return realm.flavour() == Flavour.MICROSOFT
        ? Aadsts.refusal(aadsts, cloud.clock().instant())
        : new Refusal(401, error, Map.of("error_description", description));
  }
}
