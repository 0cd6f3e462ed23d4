package org.cloudmdirsync.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectorTest {
  private static final String HERE = "127.0.0.1";

  /** For documentation (RFC 3849): nowhere, or no route. */
  private static final String NOWHERE = "2001:db8::1";

  @Test
  void triesTheAddressesInTurn() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral(HERE));
        Socket socket =
            connect(server.getLocalPort(), Duration.ofSeconds(6), NOWHERE, "127.0.0.2", HERE)) {
      assertThat(socket.getInetAddress()).isEqualTo(server.getInetAddress());
    }
  }

  @Test
  void theFirstAddressSpeaksWhenAllFail() throws Exception {
    int free;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.ofLiteral(HERE))) {
      free = closed.getLocalPort();
    }
    assertThatThrownBy(() -> connect(free, Duration.ofSeconds(5), HERE, NOWHERE))
        .isInstanceOf(ConnectException.class)
        .hasMessage("cannot connect to mail.example.com:" + free + ": Connection refused");
  }

  /** A port on which packets are dropped, as a firewall does and a full queue. */
  @Test
  void whatDoesNotAnswerIsSaidToBeSilent() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.ofLiteral(HERE))) {
      List<Socket> waiting = fill(full);
      int port = full.getLocalPort();
      assertThatThrownBy(() -> connect(port, Duration.ofSeconds(2), HERE, NOWHERE))
          .isInstanceOf(ConnectException.class)
          .hasMessage("mail.example.com:" + port + " did not answer within 1 s");
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  private static List<Socket> fill(ServerSocket server) throws IOException {
    List<Socket> waiting = new ArrayList<>();
    while (true) {
      Socket socket = new Socket();
      waiting.add(socket);
      try {
        socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 200);
      } catch (SocketTimeoutException isFull) {
        return waiting;
      }
    }
  }

  private static Socket connect(int port, Duration patience, String... addresses)
      throws IOException {
    InetAddress[] found = new InetAddress[addresses.length];
    for (int at = 0; at < found.length; at++) {
      found[at] = InetAddress.ofLiteral(addresses[at]);
    }
    Server server = new Server("mail.example.com", port, Server.Encryption.STARTTLS);
    return new Connector(server, _ -> found).connect(patience);
  }
}
