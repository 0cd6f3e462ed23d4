package org.cloudmdirsync.dialogue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;

/** Opens the way to a mail server: the name, then TCP. Blocks. */
final class Connector {
  private final Server server;
  private final Resolver resolver;

  /** What a host's addresses are; nobody can break off the system's, which gives up by itself. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  Connector(Server server, Resolver resolver) {
    this.server = server;
    this.resolver = resolver;
  }

  /**
   * The first address that takes the connection. If none does, the first one's failure speaks: a
   * machine without IPv6 knows too that the others cannot be reached.
   *
   * @param patience for all addresses together, once they are known
   */
  Socket connect(Duration patience) throws IOException {
    InetAddress[] addresses = addresses();
    // A dead first address (often IPv6) must leave time for the others.
    Duration share = patience.dividedBy(addresses.length);
    IOException failure = new UnknownHostException(server.host());
    for (int at = 0; at < addresses.length; at++) {
      try {
        return connect(addresses[at], share);
      } catch (IOException e) {
        failure = at == 0 ? e : failure;
      }
    }
    throw explained(failure, share);
  }

  private Socket connect(InetAddress address, Duration patience) throws IOException {
    Socket socket = new Socket();
    try {
      // Zero would be for ever.
      int millis = (int) Math.max(1, patience.toMillis());
      socket.connect(new InetSocketAddress(address, server.port()), millis);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private ConnectException explained(IOException failure, Duration patience) {
    ConnectException explained =
        new ConnectException(
            failure instanceof SocketTimeoutException
                ? server.silent(patience)
                : "cannot connect to " + server.authority() + ": " + failure.getMessage());
    explained.initCause(failure);
    return explained;
  }

  private InetAddress[] addresses() throws IOException {
    try {
      return resolver.resolve(server.host());
    } catch (UnknownHostException e) {
      UnknownHostException unknown =
          new UnknownHostException(
              "no address is known for "
                  + server.host()
                  + ": check its spelling and that the network is up");
      unknown.initCause(e);
      throw unknown;
    }
  }
}
