package org.cloudmdirsync.oauth;

import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.cloudmdirsync.http.Http;
import org.cloudmdirsync.http.HttpResult;
import org.cloudmdirsync.http.Json;
import org.cloudmdirsync.oauth.TokenResponse.Granted;
import org.cloudmdirsync.oauth.TokenResponse.Refused;
import org.cloudmdirsync.oauth.TokenResponse.Unavailable;
import org.cloudmdirsync.oauth.TokenResponse.Unusable;
import org.cloudmdirsync.secret.Secret;

/**
 * Exchanges whatever a server takes for access tokens (RFC 6749 section 3.2).
 *
 * <p>Asks once and keeps nothing: when to ask again, and to store a rotated refresh token before
 * the access token is used, is the caller's. Thread-safe.
 */
public final class TokenEndpoint {
  private static final System.Logger LOG = System.getLogger(TokenEndpoint.class.getName());

  private final Http http;

  /** Asks through {@code http}. */
  public TokenEndpoint(Http http) {
    this.http = http;
  }

  /**
   * Redeems a code (RFC 6749 section 4.1.3, RFC 7636 section 4.5). A code is good for one attempt.
   *
   * @param verifier of the {@link AuthorizationRequest}
   * @param scope of one resource, for servers that issue a token per resource; empty to leave it
   *     out
   */
  public TokenResponse redeem(
      Endpoints endpoints,
      ClientRegistration client,
      Secret code,
      Secret verifier,
      List<String> scope) {
    return ask(
        endpoints,
        new TokenRequest(client, scope)
            .put("grant_type", "authorization_code")
            .put("code", code)
            .put("redirect_uri", client.redirectUri().toString())
            .put("code_verifier", verifier));
  }

  /**
   * Refreshes (RFC 6749 section 6).
   *
   * @param scope of one resource, not more than was consented to; empty for all that was granted
   */
  public TokenResponse refresh(
      Endpoints endpoints, ClientRegistration client, Secret refreshToken, List<String> scope) {
    return ask(
        endpoints,
        new TokenRequest(client, scope)
            .put("grant_type", "refresh_token")
            .put("refresh_token", refreshToken));
  }

  /**
   * Asks for a code that a person types on another device (RFC 8628 section 3.1). A server that
   * calls the request invalid is asked once more with PKCE: some registrations want it here too,
   * and it is in no RFC, so that the others may have no name for it.
   *
   * @param scope everything to consent to
   * @param random a strong source
   */
  public DeviceResponse authorizeDevice(
      URI endpoint, ClientRegistration client, List<String> scope, RandomGenerator random) {
    DeviceResponse plain = askForCode(endpoint, client, scope, Optional.empty());
    return plain instanceof DeviceResponse.Refused refused
            && refused.error().equals("invalid_request")
        ? askForCode(endpoint, client, scope, Optional.of(Secret.of(Pkce.random(random))))
        : plain;
  }

  private DeviceResponse askForCode(
      URI endpoint, ClientRegistration client, List<String> scope, Optional<Secret> verifier) {
    TokenRequest request = new TokenRequest(client, scope);
    verifier.ifPresent(it ->
        request.put("code_challenge", Pkce.challenge(it)).put("code_challenge_method", "S256"));
    HttpResult result = http.post(endpoint, request.form(), request.headers());
    return new DeviceReply(endpoint.getHost(), request.wording()).read(result, verifier);
  }

  /**
   * Asks whether the person is done (RFC 8628 section 3.4).
   *
   * @param scope of one resource, as in {@link #redeem}
   */
  public DevicePoll poll(
      Endpoints endpoints,
      ClientRegistration client,
      DeviceAuthorization authorization,
      List<String> scope) {
    TokenRequest request =
        new TokenRequest(client, scope)
            .put("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
            .put("device_code", authorization.deviceCode());
    authorization.verifier().ifPresent(it -> request.put("code_verifier", it));
    HttpResult result = http.post(endpoints.token(), request.form(), request.headers());
    return DeviceReply.poll(result, read(endpoints, request, result), request.wording());
  }

  /** The app's own token, by its client secret (RFC 6749 section 4.4). */
  public TokenResponse clientCredentials(
      Endpoints endpoints, ClientRegistration client, List<String> scope) {
    return ask(endpoints, new TokenRequest(client, scope).put("grant_type", "client_credentials"));
  }

  /** The app's own token, by its certificate (RFC 6749 section 4.4, RFC 7523 section 2.2). */
  public TokenResponse clientCredentials(
      Endpoints endpoints,
      ClientRegistration client,
      ClientCertificate certificate,
      List<String> scope,
      Instant now,
      RandomGenerator random) {
    return ask(
        endpoints,
        new TokenRequest(client, scope)
            .put("grant_type", "client_credentials")
            .put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            .put(
                "client_assertion",
                certificate.assertion(client.clientId(), endpoints.token(), now, random)));
  }

  /**
   * A token in a user's name, for a service account that may act for them (RFC 7523 section 2.1).
   */
  public TokenResponse jwtBearer(
      Endpoints endpoints, ServiceAccountKey key, String user, List<String> scope, Instant now) {
    return ask(
        endpoints,
        new TokenRequest()
            .put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
            .put("assertion", key.assertion(user, endpoints.token(), scope, now)));
  }

  /** Takes a refresh token back, and with it what came of it (RFC 7009 section 2.1). */
  public Revocation revoke(Endpoints endpoints, ClientRegistration client, Secret refreshToken) {
    return endpoints
        .revocation()
        .map(uri -> revoke(uri, client, refreshToken))
        .orElseGet(Revocation.NotOffered::new);
  }

  private Revocation revoke(URI uri, ClientRegistration client, Secret refreshToken) {
    TokenRequest request =
        new TokenRequest(client, List.of())
            .put("token", refreshToken)
            .put("token_type_hint", "refresh_token");
    return switch (http.post(uri, request.form(), request.headers())) {
      case HttpResult.NoAnswer none -> new Revocation.Failed(none.reason());
      case HttpResult.Answer answer -> revoked(uri.getHost(), answer, request.wording());
    };
  }

  /** Section 2.2: an unknown token is as good as revoked; Google says so with an error. */
  private static Revocation revoked(String host, HttpResult.Answer answer, Wording wording) {
    Optional<String> error =
        Json.object(answer.body().text())
            .flatMap(it -> ErrorReply.of(it, wording))
            .map(ErrorReply::error);
    // The body is to be ignored, but a network's log-in page speaks for nobody.
    boolean portal = answer.body().text().stripLeading().startsWith("<");
    return (answer.success() && error.isEmpty() && !portal)
            || error.equals(Optional.of("invalid_token"))
        ? new Revocation.Revoked()
        : new Revocation.Failed(
            host + " answered with HTTP " + answer.status() + error.map(e -> ": " + e).orElse(""));
  }

  private TokenResponse ask(Endpoints endpoints, TokenRequest request) {
    return read(
        endpoints, request, http.post(endpoints.token(), request.form(), request.headers()));
  }

  private static TokenResponse read(Endpoints endpoints, TokenRequest request, HttpResult result) {
    String host = endpoints.token().getHost();
    TokenResponse response = new TokenReply(host, request.wording(), request.grant()).read(result);
    LOG.log(
        Level.DEBUG,
        () ->
            "token request to %s: %s: %s%s"
                .formatted(host, request, status(result), outcome(response)));
    return response;
  }

  private static String status(HttpResult result) {
    return result instanceof HttpResult.Answer answer ? "HTTP " + answer.status() + ", " : "";
  }

  /** Not the response itself: this one is read by people, and holds nothing that a token needs. */
  private static String outcome(TokenResponse response) {
    return switch (response) {
      case Granted granted ->
          "a token for %d s, %s refresh token"
              .formatted(
                  granted.life().toSeconds(),
                  granted.refreshToken().isPresent() ? "and a new" : "no new");
      case Refused refused -> "refused: " + refused.error() + " " + refused.description();
      case Unavailable unavailable -> "unavailable: " + unavailable.reason();
      case Unusable unusable -> "unusable: " + unusable.reason();
    };
  }
}
