package org.cloudmdirsync.oauth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cloudmdirsync.secret.Secret;

/** A form that a client sends to its authorization server, and the secrets in it. */
final class TokenRequest {
  private final ClientRegistration client;
  private final Map<String, String> form = new LinkedHashMap<>();
  private final List<Secret> secrets = new ArrayList<>();

  TokenRequest(ClientRegistration client, List<String> scope) {
    this.client = client;
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

  ClientRegistration client() {
    return client;
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
    return "grant_type=%s scope=%s".formatted(form.get("grant_type"), form.get("scope"));
  }
}
