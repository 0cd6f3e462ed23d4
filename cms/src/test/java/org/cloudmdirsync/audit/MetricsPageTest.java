package org.cloudmdirsync.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MetricsPageTest {
  private final MetricsPage page = new MetricsPage(() -> "cms_a_total 1\n");
  private int port;

  @BeforeEach
  void open() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
    page.open(Optional.of(URI.create("http://127.0.0.1:%d/metrics".formatted(port))));
  }

  @AfterEach
  void close() {
    page.close();
  }

  @Test
  void showsTheFiguresAtItsAddressAlone() throws IOException {
    assertThat(got("GET", "/metrics", "127.0.0.1:" + port))
        .startsWith("HTTP/1.1 200")
        .contains("text/plain; version=0.0.4")
        .endsWith("\r\n\r\ncms_a_total 1\n");
    assertThat(got("GET", "/", "127.0.0.1:" + port)).startsWith("HTTP/1.1 404");
    assertThat(got("POST", "/metrics", "127.0.0.1:" + port)).startsWith("HTTP/1.1 405");
  }

  @Test
  void isNoOtherNamesPage() throws IOException {
    assertThat(got("GET", "/metrics", "evil.example:" + port))
        .startsWith("HTTP/1.1 421")
        .doesNotContain("cms_a_total");
  }

  @Test
  void isFoundByLocalhostInAnyCase() throws IOException {
    page.open(Optional.of(URI.create("http://LOCALHOST:%d/metrics".formatted(port))));
    assertThat(got("GET", "/metrics", "localhost:" + port)).startsWith("HTTP/1.1 200");
  }

  @Test
  void closesWhenItIsWantedNoMore() {
    page.open(Optional.empty());
    assertThatThrownBy(() -> got("GET", "/metrics", "127.0.0.1:" + port))
        .isInstanceOf(ConnectException.class);
  }

  private String got(String method, String path, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\n\r\n"
                  .formatted(method, path, host)
                  .getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
