package org.cloudmdirsync.oauth;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cloudmdirsync.secret.Secret;

/** A form that a client sends to its authorization server, and the secrets in it. */
final class TokenRequest {
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, String> form = new LinkedHashMap<>();
  private final List<Secret> secrets = new ArrayList<>();

  /** Of nobody in particular: the grant says who asks. */
  TokenRequest() {}

  TokenRequest(ClientRegistration client, List<String> scope) {
    // Only a registration of type "spa" may and must name an origin.
    if (client.singlePageApp()) {
      headers.put("Origin", origin(client.redirectUri()));
    }
    put("client_id", client.clientId());
    // In the form rather than the Authorization header (RFC 6749 section 2.3.1): the one way that
    // Microsoft, Google and Yahoo all take.
    client.clientSecret().ifPresent(secret -> put("client_secret", secret));
    if (!scope.isEmpty()) {
      put("scope", String.join(" ", scope));
    }
  }

  final TokenRequest put(String name, String value) {
    form.put(name, value);
    return this;
  }

  final TokenRequest put(String name, Secret value) {
    secrets.add(value);
    return put(name, value.expose());
  }

  /** RFC 6454 section 6.2: scheme, host and port, no slash. */
  private static String origin(URI uri) {
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  Map<String, String> headers() {
    return headers;
  }

  /** The last word of the grant's type: the same error may mean something else there. */
  String grant() {
    String type = form.getOrDefault("grant_type", "");
    return type.substring(type.lastIndexOf(':') + 1);
  }

  Map<String, String> form() {
    return form;
  }

  /** Repeats none of the secrets that were sent: servers echo. */
  Wording wording() {
    return new Wording(secrets);
  }

  /** For the log. */
  @Override
  public String toString() {
    return "grant_type=%s scope=%s".formatted(grant(), form.get("scope"));
  }
}
