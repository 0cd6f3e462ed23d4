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
      reply(replies, "220 relay ESMTP");
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        boolean data = line.equalsIgnoreCase("DATA");
        reply(replies, data ? "354 go on" : "250 relay");
        if (data) {
          skipMail(commands);
          reply(replies, "250 taken");
        }
      }
    } catch (IOException gone) {
      // Dovecot hung up.
    }
  }

  private static void reply(OutputStream replies, String text) throws IOException {
    replies.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static void skipMail(BufferedReader commands) throws IOException {
    for (String line = commands.readLine(); line != null && !line.equals("."); ) {
      line = commands.readLine();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
