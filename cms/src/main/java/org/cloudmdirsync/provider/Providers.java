package org.cloudmdirsync.provider;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudmdirsync.oauth.EndpointSource;
import org.cloudmdirsync.provider.Provider.Identity;
import org.cloudmdirsync.provider.Provider.TokenPer;
import org.cloudmdirsync.sasl.Mechanism;

/** The mail providers we know. A new one is a data file beside this class and its name here. */
public final class Providers {
  private static final List<String> NAMES =
      List.of("microsoft", "google", "yahoo", "aol", "fastmail", "yandex", "mailru", "comcast");

  private static final URI MICROSOFT_AUTHORITY = URI.create("https://login.microsoftonline.com");
  private static final URI MICROSOFT_GRAPH = URI.create("https://graph.microsoft.com");

  /** Any account: work, school or personal. */
  private static final String MICROSOFT_TENANT = "common";

  /** The tenant of whoever signs in, as an administrator: only organisations have those. */
  private static final String MICROSOFT_ORGANIZATIONS = "organizations";

  private Providers() {}

  /** The names that {@link #named} knows. */
  public static List<String> names() {
    return NAMES;
  }

  /** A provider with its public addresses, by its short name. */
  public static Optional<Provider> named(String name) {
    if (!NAMES.contains(name)) {
      return Optional.empty();
    }
    return Optional.of(
        name.equals("microsoft")
            ? microsoft(MICROSOFT_AUTHORITY, MICROSOFT_TENANT, MICROSOFT_GRAPH)
            : ProviderFile.read(name).provider(Map.of()));
  }

  /**
   * Microsoft's identity platform, of the public or a national cloud.
   *
   * @param authority such as {@code https://login.microsoftonline.com}
   * @param tenant {@code common}, {@code organizations}, {@code consumers}, a domain or a GUID
   * @param graph such as {@code https://graph.microsoft.com}
   */
  public static Provider microsoft(URI authority, String tenant, URI graph) {
    ProviderFile file = ProviderFile.read("microsoft");
    return file.provider(
        Map.of(
            "authority",
            withoutSlash(authority),
            "tenant",
            tenant,
            "graph",
            withoutSlash(graph),
            "outlook",
            ofCloud(file, "outlook", authority),
            "outlook-app",
            ofCloud(file, "outlook-app", authority),
            "home",
            tenant.equals(MICROSOFT_TENANT) ? MICROSOFT_ORGANIZATIONS : tenant));
  }

  /** National clouds have resources of their own. */
  private static String ofCloud(ProviderFile file, String key, URI authority) {
    return file.value(key + "." + authority.getHost())
        .or(() -> file.value(key))
        .orElseThrow(() -> new IllegalStateException("microsoft.properties has no " + key));
  }

  /** Google with its public addresses. */
  public static Provider google() {
    return google(Optional.empty(), Optional.empty());
  }

  /**
   * Google, with other addresses in place of the public ones: for tests.
   *
   * @param authorization in place of {@code https://accounts.google.com/o/oauth2/v2/auth}
   * @param token in place of {@code https://oauth2.googleapis.com/token}
   */
  public static Provider google(Optional<URI> authorization, Optional<URI> token) {
    return ProviderFile.read("google").at(authorization, token).provider(Map.of());
  }

  /**
   * Any other provider, as its settings say. Its redirect path is {@code /oauth2/} and the server's
   * host name, so that no two servers share one (RFC 8252 section 8.10).
   *
   * @param title for people; empty for the server's host name
   * @param endpoints where the authorization server is
   * @param scopes for each use
   * @param commonScopes asked for at sign-in beside them
   * @param parameters for every authorization request
   * @param mechanism what its mail servers offer
   */
  public static Provider generic(
      String title,
      EndpointSource endpoints,
      Map<Protocol, List<String>> scopes,
      List<String> commonScopes,
      Map<String, String> parameters,
      Mechanism mechanism) {
    String host =
        switch (endpoints) {
          case EndpointSource.Known known -> known.endpoints().authorization().getHost();
          case EndpointSource.Discovered discovered -> discovered.issuer().getHost();
        };
    boolean openid =
        commonScopes.contains("openid")
            || scopes.values().stream().anyMatch(list -> list.contains("openid"));
    return new Provider(
        host,
        title.isEmpty() ? host : title,
        endpoints,
        "/oauth2/" + host,
        scopes,
        commonScopes,
        parameters,
        TokenPer.ACCOUNT,
        mechanism,
        openid ? Identity.ID_TOKEN : Identity.UNKNOWN);
  }

  private static String withoutSlash(URI uri) {
    String text = uri.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
