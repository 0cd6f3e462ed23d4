package org.cloudmdirsync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.cloudmdirsync.tls.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConnectorTest {
  @Test
  void triesTheAddressesInTurn() throws Exception {
    // 2001:db8::1 is for documentation (RFC 3849): nowhere, or no route; nobody is at 127.0.0.2.
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        Socket socket =
            open(
                server.getLocalPort(),
                Duration.ofSeconds(6),
                "2001:db8::1",
                "127.0.0.2",
                "127.0.0.1")) {
      assertThat(socket.getInetAddress()).isEqualTo(server.getInetAddress());
      assertThat(socket.getSoTimeout()).isZero();
    }
  }

  @Test
  void theFirstAddressSpeaksWhenAllFail() throws Exception {
    int free;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      free = closed.getLocalPort();
    }
    assertThatThrownBy(() -> open(free, Duration.ofSeconds(5), "127.0.0.1", "2001:db8::1"))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("refused");
  }

  @Test
  void aServerThatDoesNotShakeHandsIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      URI uri = URI.create("https://localhost:" + silent.getLocalPort() + "/");
      Connector connector =
          new Connector(TestCertificates.get().trust(), Proxies.of(Map.of()), new Lookups());
      Throwable failure =
          org.assertj.core.api.Assertions.catchThrowable(
              () -> connector.open(uri, Deadline.in(Duration.ofMillis(300))));
      assertThat(
              new Failures(uri, Proxies.of(Map.of()), Http.Limits.USUAL).explain(failure).reason())
          .isEqualTo("localhost cannot be connected to within 10 s");
    }
  }

  private static Socket open(int port, Duration patience, String... addresses) throws IOException {
    InetAddress[] found = new InetAddress[addresses.length];
    for (int at = 0; at < found.length; at++) {
      found[at] = InetAddress.ofLiteral(addresses[at]);
    }
    Connector connector =
        new Connector(
            TestCertificates.get().trust(), Proxies.of(Map.of()), new Lookups(_ -> found));
    return connector.open(URI.create("http://localhost:" + port + "/"), Deadline.in(patience));
  }
}
