package org.cloudmdirsync.oauth;

import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cloudmdirsync.http.Http;
import org.cloudmdirsync.http.HttpResult;
import org.cloudmdirsync.oauth.TokenResponse.Granted;
import org.cloudmdirsync.oauth.TokenResponse.Refused;
import org.cloudmdirsync.oauth.TokenResponse.Unavailable;
import org.cloudmdirsync.oauth.TokenResponse.Unusable;
import org.cloudmdirsync.secret.Secret;

/**
 * Exchanges codes and refresh tokens for access tokens (RFC 6749 section 3.2).
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
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code.expose());
    form.put("redirect_uri", client.redirectUri().toString());
    form.put("code_verifier", verifier.expose());
    return ask(endpoints, client, form, scope, List.of(code, verifier));
  }

  /**
   * Refreshes (RFC 6749 section 6).
   *
   * @param scope of one resource, not more than was consented to; empty for all that was granted
   */
  public TokenResponse refresh(
      Endpoints endpoints, ClientRegistration client, Secret refreshToken, List<String> scope) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", refreshToken.expose());
    return ask(endpoints, client, form, scope, List.of(refreshToken));
  }

  private TokenResponse ask(
      Endpoints endpoints,
      ClientRegistration client,
      Map<String, String> form,
      List<String> scope,
      List<Secret> sent) {
    List<Secret> secrets = new ArrayList<>(sent);
    form.put("client_id", client.clientId());
    client
        .clientSecret()
        .ifPresent(secret -> {
          // In the form rather than the Authorization header (section 2.3.1): the one way that
          // Microsoft, Google and Yahoo all take.
          form.put("client_secret", secret.expose());
          secrets.add(secret);
        });
    if (!scope.isEmpty()) {
      form.put("scope", String.join(" ", scope));
    }
    HttpResult result = http.post(endpoints.token(), form, headers(client));
    String host = endpoints.token().getHost();
    TokenResponse response = new TokenReply(host, new Wording(secrets)).read(result);
    LOG.log(
        Level.DEBUG,
        () ->
            "token request to %s: grant_type=%s scope=%s: %s%s"
                .formatted(host, form.get("grant_type"), scope, status(result), outcome(response)));
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

  /** Only a registration of type "spa" may and must name an origin. */
  private static Map<String, String> headers(ClientRegistration client) {
    return client.singlePageApp() ? Map.of("Origin", origin(client.redirectUri())) : Map.of();
  }

  /** RFC 6454 section 6.2: scheme, host and port, no slash. */
  private static String origin(URI uri) {
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }
}
