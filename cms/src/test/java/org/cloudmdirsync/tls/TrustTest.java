package org.cloudmdirsync.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustTest {
  private static final TestCertificates CERTIFICATES = TestCertificates.get();

  @TempDir Path directory;

  @Test
  void theNamedFileIsTrusted() throws IOException {
    assertThat(protocol(CERTIFICATES.trust(), "good")).isEqualTo("TLSv1.3");
  }

  @Test
  void theSystemsAuthoritiesDoNotTrustOurs() {
    Trust system = Trust.system(Map.of());
    assertThatThrownBy(() -> protocol(system, "good")).isInstanceOf(SSLException.class);
  }

  @Test
  void certificatesThatAreNotGoodAreRefused() {
    for (String bad : List.of("expired", "wronghost", "stranger", "lapsed")) {
      assertThatThrownBy(() -> protocol(CERTIFICATES.trust(), bad))
          .as(bad)
          .isInstanceOf(SSLException.class);
    }
  }

  @Test
  void everyFileOfADirectoryIsTriedAndRubbishPassedOver() throws IOException {
    Files.copy(CERTIFICATES.authority(), directory.resolve("4f06f81d.0"));
    Files.writeString(directory.resolve("README"), "no certificate");
    Files.writeString(
        directory.resolve("broken.pem"),
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    Trust trust = Trust.system(Map.of("SSL_CERT_DIR", "/nowhere/at/all:" + directory));
    assertThatThrownBy(trust::context).hasMessageContaining("/nowhere/at/all is not a directory");
    trust = Trust.system(Map.of("SSL_CERT_DIR", directory.toString()));
    assertThat(protocol(trust, "good")).isEqualTo("TLSv1.3");
    assertThat(trust.source()).isEqualTo("$SSL_CERT_DIR " + directory);
  }

  @Test
  void fileAndDirectoryAddUp() throws IOException {
    Path other = Files.createDirectory(directory.resolve("certs"));
    Files.copy(CERTIFICATES.authority(), other.resolve("ca.crt"));
    Path system = Path.of("/etc/ssl/certs/ca-certificates.crt");
    Path file = Files.exists(system) ? system : CERTIFICATES.authority();
    Trust trust =
        Trust.system(Map.of("SSL_CERT_FILE", file.toString(), "SSL_CERT_DIR", other.toString()));
    assertThat(protocol(trust, "good")).isEqualTo("TLSv1.3");
    assertThat(trust.source()).isEqualTo("$SSL_CERT_FILE " + file + " and $SSL_CERT_DIR " + other);
  }

  @Test
  void aFileThatCannotServeIsAClearError() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty.pem"));
    assertThatThrownBy(Trust.system(Map.of("SSL_CERT_FILE", empty.toString()))::context)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "$SSL_CERT_FILE %s holds no certificate: it must hold PEM (-----BEGIN CERTIFICATE-----)",
            empty);
    Path missing = directory.resolve("missing.pem");
    assertThatThrownBy(Trust.system(Map.of("SSL_CERT_FILE", missing.toString()))::context)
        .hasMessage("$SSL_CERT_FILE %s does not exist: name a PEM file, or unset it", missing);
    assertThatThrownBy(Trust.system(Map.of("SSL_CERT_FILE", directory.toString()))::context)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void textAndKeysAroundCertificatesAreIgnored() throws IOException {
    String authority = Files.readString(CERTIFICATES.authority());
    String bundle =
        """
        # Some CA - with a dash
        -----BEGIN PRIVATE KEY-----
        AAAA
        -----END PRIVATE KEY-----
        """
            + authority.replace("\n", "\r\n")
            + "trailing -----BEGIN CERTIFICATE-----";
    assertThat(Pem.certificates(bundle.getBytes(StandardCharsets.US_ASCII))).hasSize(2);
  }

  @Test
  void theFirstBundleThatExistsIsTakenThenTheJdks() throws IOException {
    Path absent = directory.resolve("absent.crt");
    Path present = Files.copy(CERTIFICATES.authority(), directory.resolve("present.crt"));
    assertThat(Trust.choose(Map.of("SSL_CERT_FILE", ""), List.of(absent, present)).source())
        .isEqualTo("the system's " + present);
    Trust jdk = Trust.choose(Map.of(), List.of(absent));
    assertThat(jdk.source()).isEqualTo("the Java runtime's certificates");
    assertThat(jdk.context().getProtocol()).isEqualTo("TLS");
  }

  @Test
  void theContextIsMadeOnce() throws IOException {
    Trust trust = CERTIFICATES.trust();
    assertThat(trust.context()).isSameAs(trust.context());
  }

  /** Shakes hands with a server that shows the given certificate; the TLS version spoken. */
  private static String protocol(Trust trust, String certificate) throws IOException {
    try (SSLServerSocket server =
        (SSLServerSocket)
            CERTIFICATES
                .server(certificate)
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> shakeHands(server));
      Socket plain = new Socket(server.getInetAddress(), server.getLocalPort());
      try (SSLSocket secure = TlsSockets.secure(trust, plain, "localhost", server.getLocalPort())) {
        return secure.getSession().getProtocol();
      } finally {
        plain.close();
      }
    }
  }

  private static void shakeHands(SSLServerSocket server) {
    try (SSLSocket socket = (SSLSocket) server.accept()) {
      socket.startHandshake();
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // The client hung up: that is what some tests are about.
    }
  }
}
