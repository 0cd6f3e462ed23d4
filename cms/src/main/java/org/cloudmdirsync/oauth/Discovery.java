package org.cloudmdirsync.oauth;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.cloudmdirsync.http.Http;
import org.cloudmdirsync.http.HttpResult.Answer;
import org.cloudmdirsync.http.HttpResult.NoAnswer;
import org.cloudmdirsync.oauth.DiscoveryResult.Found;
import org.cloudmdirsync.oauth.DiscoveryResult.Invalid;
import org.cloudmdirsync.oauth.DiscoveryResult.Unavailable;

/**
 * Finds an authorization server's addresses: OpenID Connect Discovery first, then RFC 8414.
 *
 * <p>What was found is kept for the life of the process; a failure is not. Thread-safe: two askers
 * at once may both ask, and learn the same.
 */
public final class Discovery {
  private final Http http;
  private final Map<URI, Endpoints> found = new ConcurrentHashMap<>();

  /** Asks through {@code http}. */
  public Discovery(Http http) {
    this.http = http;
  }

  /** The addresses, asked for only when they are not known. */
  public DiscoveryResult resolve(EndpointSource source) {
    return switch (source) {
      case EndpointSource.Known(Endpoints endpoints) -> new Found(endpoints);
      case EndpointSource.Discovered(URI issuer) ->
          known(source).<DiscoveryResult>map(Found::new).orElseGet(() -> discover(issuer));
    };
  }

  /** The addresses, if they are known; nobody is asked. */
  public Optional<Endpoints> known(EndpointSource source) {
    return switch (source) {
      case EndpointSource.Known(Endpoints endpoints) -> Optional.of(endpoints);
      case EndpointSource.Discovered(URI issuer) -> Optional.ofNullable(found.get(issuer));
    };
  }

  private DiscoveryResult discover(URI issuer) {
    DiscoveryResult result = ask(issuer, Metadata.openidUri(issuer));
    if (result instanceof Invalid first) {
      result = ask(issuer, Metadata.oauthUri(issuer));
      // The first complaint is about the document that more servers have.
      result = result instanceof Invalid ? first : result;
    }
    if (result instanceof Found it) {
      found.put(issuer, it.endpoints());
    }
    return result;
  }

  private DiscoveryResult ask(URI issuer, URI document) {
    return switch (http.get(document, Map.of())) {
      case NoAnswer none -> new Unavailable(none.reason());
      case Answer answer -> read(issuer, document, answer);
    };
  }

  private static DiscoveryResult read(URI issuer, URI document, Answer answer) {
    if (answer.success()) {
      return Metadata.read(issuer, document, answer.body());
    }
    String said = document + " answered with HTTP " + answer.status();
    return switch (answer.status()) {
      case 400, 401, 403, 404, 405, 410 ->
          new Invalid(said + ": check issuer, or name the endpoints instead");
      default -> new Unavailable(said);
    };
  }
}
