package org.cloudmdirsync.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * An SMTP server that says yes to everything: what Dovecot's submission service wants behind it.
 */
final class Relay implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

  Relay() throws IOException {
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> agree(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void agree(Socket client) {
    try (client;
        BufferedReader commands =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        OutputStream replies = client.getOutputStream()) {
      replies.write("220 relay ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
      while (commands.readLine() != null) {
        replies.write("250 relay\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException gone) {
      // Dovecot hung up.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
