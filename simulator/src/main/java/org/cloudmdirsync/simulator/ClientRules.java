package org.cloudmdirsync.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Who may ask: the rules of registrations.
 *
 * <p>A client nobody registered counts as a native app with any loopback redirect, unless the
 * switch {@code require-registered} is on.
 */
final class ClientRules {
  private final Cloud cloud;

  ClientRules(Cloud cloud) {
    this.cloud = cloud;
  }

  /** Why this client may not be redirected there; empty when it may. */
  Optional<String> redirectFault(String clientId, String redirect) {
    if (clientId.isEmpty()) {
      return Optional.of("invalid_client: the client_id is missing.");
    }
    Optional<Client> client = cloud.directory().client(clientId);
    if (client.isEmpty() && cloud.switches().on(Switch.REQUIRE_REGISTERED)) {
      return Optional.of("invalid_client: no client \"" + clientId + "\" is registered.");
    }
    boolean allowed =
        client.map(c -> c.allows(redirect)).orElseGet(() -> Client.isLoopback(redirect));
    return allowed
        ? Optional.empty()
        : Optional.of("redirect_uri_mismatch: \"" + redirect + "\" is not registered.");
  }

  /** Judges a request to the token endpoint and says which client it is from. */
  String authenticate(Flavour flavour, HttpRequest request, Form form) throws Refusal {
    Credentials shown = Credentials.of(request, form);
    Optional<Client> client = cloud.directory().client(shown.id());
    if (shown.id().isEmpty()) {
      throw refusal(flavour, 900144, "invalid_request", "The client_id is missing.");
    }
    if (client.isEmpty() && cloud.switches().on(Switch.REQUIRE_REGISTERED)) {
      throw refusal(flavour, 700016, "invalid_client", "The OAuth client was not found.");
    }
    checkOrigin(flavour, client, request.headers().containsKey("origin"));
    checkSecret(flavour, client, shown.secret());
    return shown.id();
  }

  private void checkOrigin(Flavour flavour, Optional<Client> client, boolean present)
      throws Refusal {
    String rule =
        client
            .filter(_ -> flavour == Flavour.MICROSOFT)
            .map(c -> c.kind() == Client.Kind.SPA ? "require" : "forbid")
            .orElse(cloud.switches().text(Switch.ORIGIN));
    if (rule.equals("require") && !present) {
      throw refusal(flavour, 9002327, "invalid_request", "An Origin header is required.");
    }
    if (rule.equals("forbid") && present) {
      throw refusal(flavour, 9002326, "invalid_request", "An Origin header is not allowed.");
    }
  }

  private void checkSecret(Flavour flavour, Optional<Client> client, Optional<String> shown)
      throws Refusal {
    Optional<String> known = client.flatMap(Client::secret);
    String rule = secretRule(flavour, client);
    if (rule.equals("require") && shown.isEmpty()) {
      throw refusal(flavour, 7000218, "invalid_request", "client_secret is missing.");
    }
    if (rule.equals("forbid") && shown.isPresent()) {
      throw refusal(flavour, 700025, "invalid_client", "A public client sent a secret.");
    }
    if (known.isPresent() && shown.isPresent() && !known.equals(shown)) {
      throw refusal(flavour, 7000215, "invalid_client", "The provided client secret is invalid.");
    }
  }

  private String secretRule(Flavour flavour, Optional<Client> client) {
    String set = cloud.switches().text(Switch.CLIENT_SECRET);
    if (!set.equals("flavour")) {
      return set;
    }
    if (client.flatMap(Client::secret).isPresent()) {
      return "require";
    }
    return switch (flavour) {
      case MICROSOFT -> client.isPresent() ? "forbid" : "ignore";
      case GOOGLE -> "require"; // from desktop clients too
      case GENERIC -> "ignore";
    };
  }

  private Refusal refusal(Flavour flavour, int aadsts, String error, String description) {
    return flavour == Flavour.MICROSOFT
        ? Aadsts.refusal(aadsts, cloud.clock().instant())
        : new Refusal(error, description);
  }

  private record Credentials(String id, Optional<String> secret) {

    /** RFC 6749 section 2.3.1: in the Authorization header or in the form. */
    static Credentials of(HttpRequest request, Form form) throws Refusal {
      String header = request.headers().getOrDefault("authorization", "");
      if (!header.startsWith("Basic ")) {
        return new Credentials(form.text("client_id"), form.get("client_secret"));
      }
      try {
        byte[] decoded = Base64.getDecoder().decode(header.substring("Basic ".length()).trim());
        String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
        Form encoded = Form.parse("id=" + parts[0] + (parts.length > 1 ? "&s=" + parts[1] : ""));
        return new Credentials(encoded.text("id"), encoded.get("s"));
      } catch (IllegalArgumentException _) {
        throw new Refusal("invalid_client", "The Authorization header cannot be read.");
      }
    }
  }
}
