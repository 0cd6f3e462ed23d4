package org.cloudmdirsync.dialogue;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.cloudmdirsync.tls.TestCertificates;
import org.cloudmdirsync.tls.Trust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WireTest {
  private static final Duration SOON = Duration.ofMillis(300);
  private static final Duration LATE = Duration.ofSeconds(30);

  /** What a server does with its one connection. */
  @FunctionalInterface
  private interface Behaviour {
    void serve(Socket socket) throws IOException, InterruptedException;
  }

  /** What a test does with the wire. */
  @FunctionalInterface
  private interface Use {
    void use(Wire wire) throws IOException;
  }

  @Test
  void aSilentServerIsGivenUp() throws IOException {
    with(
        SOON,
        socket -> socket.getInputStream().readAllBytes(),
        wire ->
            assertThatThrownBy(() -> wire.readLine(100))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("did not answer within"));
  }

  /** The watch must not have ended before there was something to watch. */
  @Test
  void aSilentServerIsGivenUpHoweverLongItsNameWasLookedUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Server server =
          new Server("mail.example.com", silent.getLocalPort(), Server.Encryption.STARTTLS);
      Connector.Resolver slow =
          _ -> {
            pause(SOON.multipliedBy(2));
            return new InetAddress[] {silent.getInetAddress()};
          };
      Thread.startVirtualThread(() -> serve(silent, _ -> pause(Duration.ofSeconds(10))));
      try (Wire wire = Wire.open(server, trust(), SOON, slow)) {
        assertThatThrownBy(() -> wire.readLine(100)).isInstanceOf(SocketTimeoutException.class);
      }
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void dripsDoNotProlongAStep() throws IOException {
    with(
        SOON,
        WireTest::drip,
        wire ->
            assertThatThrownBy(() -> wire.readLine(1_000_000))
                .isInstanceOf(SocketTimeoutException.class));
  }

  @Test
  void aServerThatStopsReadingIsGivenUp() throws IOException {
    with(
        SOON,
        socket -> Thread.sleep(LATE),
        wire ->
            assertThatThrownBy(() -> wire.write(new byte[64 * 1024 * 1024]))
                .isInstanceOf(SocketTimeoutException.class));
  }

  @Test
  void aServerThatNeverShakesHandsIsGivenUp() throws IOException {
    with(
        SOON,
        socket -> Thread.sleep(LATE),
        wire -> assertThatThrownBy(wire::secure).isInstanceOf(SocketTimeoutException.class));
  }

  @Test
  void linesAreLimited() throws IOException {
    with(
        LATE,
        socket -> say(socket, "1234567\n12345678\n"),
        wire -> {
          assertThat(wire.readLine(8)).isEqualTo("1234567\n");
          assertThatThrownBy(() -> wire.readLine(8)).isInstanceOf(ProtocolException.class);
        });
  }

  @Test
  void aHangUpIsSaid() throws IOException {
    with(
        LATE,
        socket -> say(socket, "half a line"),
        wire ->
            assertThatThrownBy(() -> wire.readLine(100))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("hung up"));
  }

  @Test
  void wordsInTheClearAfterTlsWasAgreedAreRefused() throws IOException {
    with(
        LATE,
        socket -> say(socket, "220 go\r\n250 slipped in\r\n"),
        wire -> {
          assertThat(wire.readLine(100)).isEqualTo("220 go\r\n");
          assertThatThrownBy(wire::secure)
              .isInstanceOf(SSLException.class)
              .hasMessageContaining("somebody may be interfering");
        });
  }

  @Test
  void nobodyThereIsSaid() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Server server = new Server("127.0.0.1", port, Server.Encryption.STARTTLS);
    assertThatThrownBy(() -> Wire.open(server, trust(), LATE))
        .isInstanceOf(ConnectException.class)
        .hasMessage("cannot connect to 127.0.0.1:" + port + ": Connection refused");
    Server nowhere = new Server("smtp.example.invalid", 587, Server.Encryption.STARTTLS);
    assertThatThrownBy(() -> Wire.open(nowhere, trust(), LATE))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("check its spelling");
  }

  @Test
  void aUselessCertificateFileIsSaidAsAFailureOfTls() throws IOException {
    Trust useless = Trust.system(Map.of("SSL_CERT_FILE", "/dev/null"));
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Server server = new Server("127.0.0.1", listener.getLocalPort(), Server.Encryption.IMPLICIT);
      assertThatThrownBy(() -> Wire.open(server, useless, LATE))
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("$SSL_CERT_FILE /dev/null holds no certificate");
    }
  }

  private static void with(Duration patience, Behaviour behaviour, Use use) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread server = Thread.ofVirtual().start(() -> serve(listener, behaviour));
      Server address = new Server("127.0.0.1", listener.getLocalPort(), Server.Encryption.STARTTLS);
      try (Wire wire = Wire.open(address, trust(), patience)) {
        use.use(wire);
      } finally {
        server.interrupt();
      }
    }
  }

  private static void serve(ServerSocket listener, Behaviour behaviour) {
    try (Socket socket = listener.accept()) {
      behaviour.serve(socket);
    } catch (IOException | InterruptedException e) {
      // The test is over.
    }
  }

  private static void drip(Socket socket) throws IOException, InterruptedException {
    while (true) {
      say(socket, "2");
      Thread.sleep(20);
    }
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static Trust trust() {
    return TestCertificates.get().trust();
  }
}
