package org.cloudmdirsync.web;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Addresses of this machine that no other machine can reach (RFC 8252 section 7.3). */
final class Loopback {
  private static final InetAddress IPV4 = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress IPV6 = InetAddress.ofLiteral("::1");

  private Loopback() {}

  /**
   * Where to listen for a browser that opens this URL. For {@code localhost} that is both of its
   * addresses: a browser may try either, and no other program shall sit on the one we left out. The
   * name is not looked up, since a resolver may be wrong (RFC 8252 section 8.3).
   *
   * @throws IOException when the URL's host is no loopback address
   */
  static List<InetSocketAddress> listeners(URI url) throws IOException {
    return addresses(url).stream()
        .map(address -> new InetSocketAddress(address, port(url)))
        .toList();
  }

  /**
   * The Host headers that mean us at this address: the usual names of this machine, and its own, as
   * 127.0.0.2. Any other is a rebound name (DNS rebinding).
   */
  static Set<String> authorities(InetSocketAddress address) {
    int port = address.getPort();
    return Stream.of("127.0.0.1", "localhost", "[::1]", literal(address.getAddress()))
        .flatMap(host -> port == 80 ? Stream.of(host, host + ":80") : Stream.of(host + ":" + port))
        .collect(Collectors.toUnmodifiableSet());
  }

  static int port(URI url) {
    return url.getPort() >= 0 ? url.getPort() : 80;
  }

  private static List<InetAddress> addresses(URI url) throws IOException {
    String host = String.valueOf(url.getHost());
    if (host.equalsIgnoreCase("localhost")) {
      return NetworkInterface.getByInetAddress(IPV6) == null ? List.of(IPV4) : List.of(IPV4, IPV6);
    }
    return List.of(literal(url, host));
  }

  /** As a URL has it; the only loopback address of IPv6 has its name above. */
  private static String literal(InetAddress address) {
    return address instanceof Inet4Address ? address.getHostAddress() : "[::1]";
  }

  private static InetAddress literal(URI url, String host) throws IOException {
    IOException refusal =
        new IOException(
            "cannot listen for " + url + ": its host must be 127.0.0.1, [::1] or localhost");
    try {
      InetAddress address = InetAddress.ofLiteral(host);
      if (!address.isLoopbackAddress()) {
        throw refusal;
      }
      return address;
    } catch (IllegalArgumentException e) {
      throw refusal;
    }
  }
}
