package org.cloudmdirsync.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.cloudmdirsync.http.Proxies.Hop;
import org.cloudmdirsync.tls.TlsConnector;
import org.cloudmdirsync.tls.Trust;

/** Opens the way to a server: the name, TCP, a proxy's tunnel, TLS. Blocks. */
final class Connector {
  /** One SYN may be lost and sent again after a second. */
  private static final int LEAST_PER_ADDRESS_MILLIS = 2_000;

  private final Proxies proxies;
  private final TlsConnector tls;
  private final Lookups lookups;

  Connector(Trust trust, Proxies proxies, Lookups lookups) {
    this.lookups = lookups;
    this.proxies = proxies;
    this.tls = new TlsConnector(trust);
  }

  /** A connection on which the server can be asked; whoever gets it closes it. */
  Socket open(URI uri, Deadline deadline) throws IOException {
    String host = bare(uri.getHost());
    int port = Addresses.port(uri);
    Socket socket =
        Addresses.secure(uri)
            ? tls.connect(host, port, () -> unsecured(uri, deadline))
            : unsecured(uri, deadline);
    // From here on the exchange as a whole has a deadline, which ends it from outside.
    socket.setSoTimeout(0);
    return socket;
  }

  private Socket unsecured(URI uri, Deadline deadline) throws IOException {
    Optional<Hop> proxy = proxies.proxyFor(uri);
    return proxy.isPresent()
        ? tunnel(proxy.get(), uri, deadline)
        : tcp(bare(uri.getHost()), Addresses.port(uri), deadline);
  }

  /** RFC 9110 section 9.3.6. */
  private Socket tunnel(Hop proxy, URI uri, Deadline deadline) throws IOException {
    Socket socket = tcp(bare(proxy.host()), proxy.port(), deadline);
    try {
      String authority = uri.getHost() + ":" + Addresses.port(uri);
      String login =
          proxy.login().map(it -> "Proxy-Authorization: " + it.expose() + "\r\n").orElse("");
      String request =
          "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n" + login + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      // Unbuffered: what follows the head belongs to TLS.
      Head answer = new AnswerReader(socket.getInputStream()).head();
      if (answer.status() / 100 != 2) {
        throw new ProxyRefusal(answer.status());
      }
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * The first address that takes the connection. If none does, the first one's failure speaks: a
   * machine without IPv6 knows too that the others cannot be reached.
   */
  private Socket tcp(String host, int port, Deadline deadline) throws IOException {
    InetAddress[] addresses = lookups.addresses(host, deadline);
    IOException failure = new UnknownHostException(host);
    for (int at = 0; at < addresses.length; at++) {
      int share =
          Math.max(deadline.millisLeft() / (addresses.length - at), LEAST_PER_ADDRESS_MILLIS);
      try {
        return tcp(new InetSocketAddress(addresses[at], port), share, deadline);
      } catch (IOException e) {
        failure = at == 0 ? e : failure;
      }
    }
    throw failure;
  }

  private static Socket tcp(InetSocketAddress address, int patienceMillis, Deadline deadline)
      throws IOException {
    // Not through a SOCKS proxy that the JVM may have been told of.
    Socket socket = new Socket(Proxy.NO_PROXY);
    try {
      socket.connect(address, Math.min(patienceMillis, deadline.millisLeft()));
      // The last words of a handshake and the request are two packets: neither waits for the other.
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(deadline.millisLeft());
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** A URI has an IPv6 address in brackets, nobody else has. */
  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
