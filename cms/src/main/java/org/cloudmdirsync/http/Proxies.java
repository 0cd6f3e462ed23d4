package org.cloudmdirsync.http;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Through which proxy to go: {@code https_proxy} or {@code HTTPS_PROXY}, else {@code all_proxy} or
 * {@code ALL_PROXY}, unless {@code no_proxy} or {@code NO_PROXY} lists the host. Lower case wins,
 * as with curl. Loopback is never proxied; http is spoken to loopback only, so HTTP_PROXY means
 * nothing.
 */
final class Proxies {
  private final Optional<URI> proxy;
  private final Optional<String> fault;
  private final List<String> direct;

  private Proxies(Optional<URI> proxy, Optional<String> fault, List<String> direct) {
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
    Optional<URI> proxy = value.flatMap(Proxies::parsed);
    if (proxy.map(URI::getRawUserInfo).isPresent()) {
      // The JDK refuses Basic on the way to https unless told before its first client is made.
      // Whoever wrote a password there wants it sent.
      System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    }
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
        .map(hop -> " (through the proxy " + hop.getHost() + ":" + port(hop) + ")")
        .orElse("");
  }

  HttpClient.Builder configure(HttpClient.Builder builder) {
    builder.proxy(new Selector());
    proxy.map(URI::getRawUserInfo).map(ProxyLogin::new).ifPresent(builder::authenticator);
    return builder;
  }

  private Optional<URI> proxyFor(URI uri) {
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
      return entry.substring(colon + 1).equals(String.valueOf(port(uri)))
          && covers(entry.substring(0, colon), host, uri);
    }
    String domain = entry.startsWith("*.") ? entry.substring(1) : entry;
    String bare = domain.startsWith(".") ? domain.substring(1) : domain;
    return entry.equals("*") || host.equals(bare) || host.endsWith("." + bare);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  private static Optional<URI> parsed(String value) {
    try {
      URI uri = URI.create(value.contains("://") ? value : "http://" + value);
      return Optional.of(uri).filter(it -> "http".equals(it.getScheme()) && it.getHost() != null);
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

  private final class Selector extends ProxySelector {
    @Override
    public List<Proxy> select(URI uri) {
      return List.of(
          proxyFor(uri)
              .map(it -> new Proxy(Proxy.Type.HTTP, new InetSocketAddress(it.getHost(), port(it))))
              .orElse(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
      // The request itself fails with the same exception.
    }
  }

  /** The proxy's user and password; never the answer to a server that asks. */
  private static final class ProxyLogin extends Authenticator {
    private final String user;
    private final char[] password;

    ProxyLogin(String userInfo) {
      String[] parts = userInfo.split(":", 2);
      this.user = decoded(parts[0]);
      this.password = parts.length == 2 ? decoded(parts[1]).toCharArray() : new char[0];
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
      return getRequestorType() == RequestorType.PROXY
          ? new PasswordAuthentication(user, password)
          : null;
    }

    /** A plus sign is itself here, unlike in a form. */
    private static String decoded(String text) {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
  }
}
