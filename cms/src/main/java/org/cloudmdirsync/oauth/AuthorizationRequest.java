package org.cloudmdirsync.oauth;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.cloudmdirsync.secret.Secret;

/**
 * One authorization request (RFC 6749 section 4.1.1) with PKCE, and what its response is held
 * against. Good for one response: whoever keeps it forgets it when that has come.
 *
 * @param uri where to send the browser
 * @param state ties the response to this request; 256 random bits
 * @param verifier for {@link TokenEndpoint#redeem}
 * @param redirectUri where the response must arrive
 * @param issuer whom the response must come from, when known
 * @param issuerInResponse whether the response must say so
 */
public record AuthorizationRequest(
    URI uri,
    String state,
    Secret verifier,
    URI redirectUri,
    Optional<String> issuer,
    boolean issuerInResponse) {

  /**
   * Makes a request.
   *
   * @param scope everything to consent to; several resources may stand together here
   * @param parameters of the provider and the moment: {@code access_type}, {@code prompt}, {@code
   *     claims}; they cannot replace the protocol's own
   * @param loginHint the address to sign in as; empty for none
   * @param random a strong source
   */
  public static AuthorizationRequest create(
      Endpoints endpoints,
      ClientRegistration client,
      List<String> scope,
      Map<String, String> parameters,
      String loginHint,
      RandomGenerator random) {
    String state = Pkce.random(random);
    Secret verifier = Secret.of(Pkce.random(random));
    Map<String, String> query = new LinkedHashMap<>(parameters);
    query.put("client_id", client.clientId());
    query.put("response_type", "code");
    query.put("redirect_uri", client.redirectUri().toString());
    query.put("scope", String.join(" ", scope));
    query.put("state", state);
    query.put("code_challenge", Pkce.challenge(verifier));
    query.put("code_challenge_method", "S256");
    query.put("login_hint", loginHint);
    return new AuthorizationRequest(
        withQuery(endpoints.authorization(), query),
        state,
        verifier,
        client.redirectUri(),
        endpoints.issuer(),
        endpoints.issuerInResponse());
  }

  /** RFC 6749 section 3.1: a query of the endpoint's own stays; empty parameters are left out. */
  private static URI withQuery(URI endpoint, Map<String, String> query) {
    String separator = endpoint.getRawQuery() == null ? "?" : "&";
    return URI.create(
        query.entrySet().stream()
            .filter(parameter -> !parameter.getValue().isEmpty())
            .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
            .collect(Collectors.joining("&", endpoint + separator, "")));
  }

  private static String encoded(String text) {
    // A space as %20: some servers do not read + in a query.
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
