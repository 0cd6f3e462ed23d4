package org.cloudmdirsync.oauth;

import java.net.URI;
import java.util.Optional;
import org.cloudmdirsync.http.Addresses;
import org.cloudmdirsync.http.Body;
import org.cloudmdirsync.http.Json;
import org.cloudmdirsync.oauth.DiscoveryResult.Found;
import org.cloudmdirsync.oauth.DiscoveryResult.Invalid;
import org.cloudmdirsync.oauth.DiscoveryResult.Unavailable;

/** An authorization server's metadata document (RFC 8414 section 2, OpenID Connect Discovery). */
final class Metadata {
  private Metadata() {}

  /** Appended to the issuer. */
  static URI openidUri(URI issuer) {
    return URI.create(withoutSlash(issuer.toString()) + "/.well-known/openid-configuration");
  }

  /** RFC 8414 section 3.1: between host and path. */
  static URI oauthUri(URI issuer) {
    String path = Optional.ofNullable(issuer.getRawPath()).orElse("");
    return URI.create(
        issuer.getScheme()
            + "://"
            + issuer.getRawAuthority()
            + "/.well-known/oauth-authorization-server"
            + withoutSlash(path));
  }

  static DiscoveryResult read(URI issuer, URI document, Body body) {
    return Json.object(body.text())
        .map(json -> read(issuer, document, json))
        .orElseGet(() ->
            new Unavailable(document + " sent " + body.kind() + " where metadata was expected"));
  }

  private static DiscoveryResult read(URI issuer, URI document, Json json) {
    Optional<String> name = json.text("issuer");
    Optional<URI> authorization = address(json, "authorization_endpoint");
    Optional<URI> token = address(json, "token_endpoint");
    if (name.isEmpty() || !Issuer.matches(name.get(), issuer.toString())) {
      return new Invalid(
          name.map(it -> document + " belongs to the issuer " + it + ": write exactly that")
              .orElse(document + " names no issuer"));
    }
    if (authorization.isEmpty() || token.isEmpty()) {
      return new Invalid(document + " lacks an https authorization_endpoint or token_endpoint");
    }
    return new Found(
        new Endpoints(
            authorization.get(),
            token.get(),
            address(json, "device_authorization_endpoint"),
            address(json, "revocation_endpoint"),
            address(json, "userinfo_endpoint"),
            name,
            json.flag("authorization_response_iss_parameter_supported").orElse(false)));
  }

  /** An address that secrets may be sent to; anything else is as good as none. */
  static Optional<URI> address(Json json, String name) {
    return json.text(name).flatMap(Metadata::uri).filter(Addresses::allowed);
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(URI.create(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String withoutSlash(String text) {
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
