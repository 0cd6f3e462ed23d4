package org.cloudmdirsync.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenSSL's server, told to be as particular as servers are. */
@Timeout(60)
class TlsConnectorTest {
  private static final int LOOPBACK_PORT = freePort();

  @TempDir static Path directory;

  private final AtomicInteger connections = new AtomicInteger();
  private Process server = new ProcessBuilder("true").start();

  TlsConnectorTest() throws IOException {}

  @BeforeAll
  static void makeCertificates() throws Exception {
    Assumptions.assumeTrue(run("version") == 0, "no openssl");
    makeCertificate("ec", "localhost", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
    makeCertificate("rsa", "localhost", "-newkey", "rsa:2048");
    makeCertificate("other", "smtp.example.net", "-newkey", "rsa:2048");
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.destroy();
    server.waitFor();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ec    |                          | TLSv1.3 | 1
          rsa   |                          | TLSv1.3 | 1
          rsa   | -tls1_2 -groups X25519   | TLSv1.2 | 1
          rsa   | -tls1_2                  | TLSv1.2 | 1
          ec    | -tls1_2                  | TLSv1.2 | 2
          ec    | -groups P-256            | TLSv1.3 | 2
          rsa   | -tls1_2 -groups P-256    | TLSv1.2 | 2
          rsa   | -groups P-384            | TLSv1.3 | 2
          """)
  void takesTheKeyExchangeThatTheServerWants(
      String certificate, String options, String protocol, int tries) throws Exception {
    start(certificate, options == null ? List.of() : List.of(options.split(" ")));
    TlsConnector connector = new TlsConnector(trust(certificate));
    assertThat(protocol(connector)).isEqualTo(protocol);
    assertThat(connections).as("connections for the first").hasValue(tries);
    assertThat(protocol(connector)).isEqualTo(protocol);
    assertThat(connections).as("and for the second").hasValue(tries + 1);
  }

  @Test
  void aBadCertificateIsNotTriedAgain() throws Exception {
    start("other", List.of());
    TlsConnector forAnotherHost = new TlsConnector(trust("other"));
    assertThatThrownBy(() -> protocol(forAnotherHost))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("localhost");
    TlsConnector notTrusted = new TlsConnector(trust("rsa"));
    assertThatThrownBy(() -> protocol(notTrusted)).isInstanceOf(SSLException.class);
    assertThat(connections).hasValue(2);
  }

  @Test
  void theHostNameIsVerifiedAtASecondTryToo() throws Exception {
    start("other", List.of("-groups", "P-256"));
    TlsConnector connector = new TlsConnector(trust("other"));
    assertThatThrownBy(() -> protocol(connector)).hasMessageContaining("localhost");
    assertThat(connections).hasValue(2);
  }

  private String protocol(TlsConnector connector) throws IOException {
    try (SSLSocket socket = connector.connect("localhost", LOOPBACK_PORT, this::connect)) {
      return socket.getSession().getProtocol();
    }
  }

  private Socket connect() throws IOException {
    connections.incrementAndGet();
    return new Socket(InetAddress.getLoopbackAddress(), LOOPBACK_PORT);
  }

  private void start(String certificate, List<String> options) throws Exception {
    List<String> command = openssl("s_server", "-quiet", "-no_dhe", "-port", "" + LOOPBACK_PORT);
    command.addAll(List.of("-cert", certificate + ".pem", "-key", certificate + ".key"));
    command.addAll(options);
    server = process(command);
    while (!accepts()) {
      assertThat(server.waitFor(20, TimeUnit.MILLISECONDS)).as("openssl ended").isFalse();
    }
  }

  private static boolean accepts() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), LOOPBACK_PORT)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static Trust trust(String certificate) {
    return Trust.system(
        Map.of("SSL_CERT_FILE", directory.resolve(certificate + ".pem").toString()));
  }

  private static void makeCertificate(String name, String host, String... key) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("req", "-x509", "-nodes", "-days", "2"));
    arguments.addAll(List.of(key));
    arguments.addAll(
        List.of("-subj", "/CN=CMS test " + name, "-addext", "subjectAltName=DNS:" + host));
    arguments.addAll(List.of("-keyout", name + ".key", "-out", name + ".pem"));
    assertThat(run(arguments.toArray(String[]::new))).isZero();
  }

  private static int run(String... arguments) throws InterruptedException {
    try {
      return process(openssl(arguments)).waitFor();
    } catch (IOException missing) {
      return -1;
    }
  }

  private static List<String> openssl(String... arguments) {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Process process(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("openssl.log").toFile())
        .start();
  }

  private static int freePort() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
