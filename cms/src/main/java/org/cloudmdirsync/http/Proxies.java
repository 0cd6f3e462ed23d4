package org.cloudmdirsync.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.cloudmdirsync.secret.Secret;

/**
 * Through which proxy to go: {@code https_proxy} or {@code HTTPS_PROXY}, else {@code all_proxy} or
 * {@code ALL_PROXY}, unless {@code no_proxy} or {@code NO_PROXY} lists the host. Lower case wins,
 * as with curl. Loopback is never proxied; http is spoken to loopback only, so HTTP_PROXY means
 * nothing.
 */
final class Proxies {
  private final Optional<Hop> proxy;
  private final Optional<String> fault;
  private final List<String> direct;

  private Proxies(Optional<Hop> proxy, Optional<String> fault, List<String> direct) {
    this.proxy = proxy;
    this.fault = fault;
    this.direct = direct;
  }

  static Proxies of(Map<String, String> environment) {
    List<String> direct =
        Arrays.stream(first(environment, "no_proxy", "NO_PROXY").orElse("").split("[,\\s]+"))
            .filter(Predicate.not(String::isEmpty))
            .map(entry -> entry.toLowerCase(Locale.ROOT))
            .toList();
    Optional<String> value =
        first(environment, "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY");
    Optional<Hop> proxy = value.flatMap(Proxies::parsed);
    return new Proxies(
        proxy,
        value.isPresent() && proxy.isEmpty()
            ? Optional.of(
                "not asked: the proxy in HTTPS_PROXY must be written http://host:port"
                    + " (https and socks proxies are not supported)")
            : Optional.empty(),
        direct);
  }

  /** Why a host cannot be asked, when it is to be asked through a proxy that we cannot use. */
  Optional<String> objection(URI uri) {
    return isDirect(uri) ? Optional.empty() : fault;
  }

  /** For messages: how a host is reached, when not directly. */
  String via(URI uri) {
    return proxyFor(uri)
        .map(hop -> " (through the proxy " + hop.host() + ":" + hop.port() + ")")
        .orElse("");
  }

  /** The proxy for a host; empty when it is reached directly. */
  Optional<Hop> proxyFor(URI uri) {
    return isDirect(uri) ? Optional.empty() : proxy;
  }

  private boolean isDirect(URI uri) {
    return Addresses.loopback(uri)
        || Optional.ofNullable(uri.getHost())
            .map(host -> host.toLowerCase(Locale.ROOT))
            .filter(host -> direct.stream().anyMatch(entry -> covers(entry, host, uri)))
            .isPresent();
  }

  /** {@code *}, a host, a domain with or without its dot, each with or without a port. */
  private static boolean covers(String entry, String host, URI uri) {
    int colon = entry.lastIndexOf(':');
    if (colon > 0 && entry.substring(colon + 1).chars().allMatch(Character::isDigit)) {
      return entry.substring(colon + 1).equals(String.valueOf(Addresses.port(uri)))
          && covers(entry.substring(0, colon), host, uri);
    }
    String domain = entry.startsWith("*.") ? entry.substring(1) : entry;
    String bare = domain.startsWith(".") ? domain.substring(1) : domain;
    return entry.equals("*") || host.equals(bare) || host.endsWith("." + bare);
  }

  private static Optional<Hop> parsed(String value) {
    try {
      URI uri = URI.create(value.contains("://") ? value : "http://" + value);
      return Optional.of(uri)
          .filter(it -> "http".equals(it.getScheme()) && it.getHost() != null)
          .map(Hop::of);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> first(Map<String, String> environment, String... names) {
    return Arrays.stream(names)
        .flatMap(name -> Optional.ofNullable(environment.get(name)).stream())
        .map(String::strip)
        .filter(Predicate.not(String::isEmpty))
        .findFirst();
  }

  /**
   * A proxy.
   *
   * @param login what {@code Proxy-Authorization} says to it (RFC 7617), never to a server
   */
  record Hop(String host, int port, Optional<Secret> login) {
    static Hop of(URI uri) {
      return new Hop(
          uri.getHost(),
          Addresses.port(uri),
          Optional.ofNullable(uri.getRawUserInfo()).map(Hop::basic));
    }

    private static Secret basic(String userInfo) {
      String[] parts = userInfo.split(":", 2);
      String login = decoded(parts[0]) + ":" + (parts.length == 2 ? decoded(parts[1]) : "");
      return Secret.of(
          "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    /** A plus sign is itself here, unlike in a form. */
    private static String decoded(String text) {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
  }
}
