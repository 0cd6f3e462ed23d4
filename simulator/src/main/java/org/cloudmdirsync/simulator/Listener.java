package org.cloudmdirsync.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Accepts on one port and gives every connection a virtual thread of its own. */
final class Listener implements AutoCloseable {
  // Simultaneous connects beyond the backlog are refused or delayed; tests open hundreds at once.
  private static final int BACKLOG = 512;

  /** One conversation; the socket is closed when it returns. */
  interface Conversation {
    void hold(Socket socket) throws IOException;
  }

  private final ServerSocket server;
  private final Conversation conversation;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private Listener(ServerSocket server, Conversation conversation) {
    this.server = server;
    this.conversation = conversation;
  }

  /** Listens from the return on; port 0 takes a free one. */
  static Listener open(InetAddress address, int port, Conversation conversation)
      throws IOException {
    Listener listener = new Listener(new ServerSocket(port, BACKLOG, address), conversation);
    Thread.ofVirtual().name("simulator-accept-" + listener.port()).start(listener::accept);
    return listener;
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().name("simulator-" + port()).start(() -> hold(socket));
      } catch (IOException _) {
        // Closed, which ends the loop, or a client that left before it was accepted.
      }
    }
  }

  private void hold(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      conversation.hold(socket);
    } catch (IOException _) {
      // The client went away or talked nonsense: nothing a server can do for it.
    } finally {
      open.remove(socket);
    }
  }

  /** Stops accepting and drops every open connection. */
  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
