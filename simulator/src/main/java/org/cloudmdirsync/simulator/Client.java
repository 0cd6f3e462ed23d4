package org.cloudmdirsync.simulator;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A registered application.
 *
 * @param redirects compared exactly, but for the port of loopback addresses (RFC 8252 7.3)
 */
public record Client(String id, Kind kind, List<String> redirects, Optional<String> secret) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** The type of the registration, which decides about secrets and the Origin header. */
  public enum Kind {
    /** A public client. */
    NATIVE,
    /** A confidential client: it must show its secret. */
    WEB,
    /** Microsoft's single-page application: its token requests must carry an Origin. */
    SPA
  }

  boolean allows(String redirect) {
    return redirects.stream().anyMatch(known -> matches(known, redirect));
  }

  private static boolean matches(String known, String asked) {
    return known.equals(asked)
        || (isLoopback(known) && withoutPort(known).equals(withoutPort(asked)));
  }

  /** Whether a native app may be redirected there: http, this machine. */
  static boolean isLoopback(String redirect) {
    return parse(redirect)
        .filter(uri -> "http".equals(uri.getScheme()))
        .map(URI::getHost)
        .filter(LOOPBACK::contains)
        .isPresent();
  }

  private static String withoutPort(String redirect) {
    return parse(redirect)
        .map(uri -> uri.getScheme() + "://" + uri.getHost() + uri.getRawPath() + uri.getRawQuery())
        .orElse("");
  }

  private static Optional<URI> parse(String redirect) {
    try {
      return Optional.of(URI.create(redirect)).filter(uri -> uri.getFragment() == null);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
