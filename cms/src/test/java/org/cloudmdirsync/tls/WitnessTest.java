package org.cloudmdirsync.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class WitnessTest {
  private record Seen(List<X509Certificate> chain, Optional<CertificateException> objection) {}

  private final List<Seen> seen = new ArrayList<>();
  private final Trust watched =
      TestCertificates.get()
          .trust()
          .watchedBy((chain, objection) -> seen.add(new Seen(chain, objection)));

  @Test
  void seesWhatIsBelieved() throws IOException {
    try (SSLServerSocket server = server("good")) {
      connect(server).close();
    }
    assertThat(seen).singleElement().satisfies(it -> assertThat(it.objection()).isEmpty());
  }

  @Test
  void seesWhatIsNotAndWhy() throws IOException {
    try (SSLServerSocket server = server("stranger")) {
      assertThatThrownBy(() -> connect(server)).isInstanceOf(SSLException.class);
    }
    assertThat(seen)
        .singleElement()
        .satisfies(it -> {
          assertThat(it.objection()).isPresent();
          assertThat(PublicAuthorities.known().vouchFor(it.chain())).isFalse();
        });
  }

  @Test
  void someAuthoritiesArePublic() throws Exception {
    List<Authority> distributed = new CertificateSource.Jdk().read();
    PublicAuthorities known = PublicAuthorities.known();
    long vouched = 0;
    for (Authority authority : distributed) {
      vouched += known.vouchFor(List.of(authority.parse().orElseThrow())) ? 1 : 0;
    }
    assertThat(vouched).isPositive();
  }

  private static SSLServerSocket server(String certificate) throws IOException {
    SSLServerSocket server =
        (SSLServerSocket)
            TestCertificates.get()
                .server(certificate)
                .getServerSocketFactory()
                .createServerSocket(0);
    Thread.ofVirtual()
        .start(() -> {
          try (SSLSocket peer = (SSLSocket) server.accept()) {
            peer.startHandshake();
          } catch (IOException refused) {
            // The other side says why.
          }
        });
    return server;
  }

  private SSLSocket connect(SSLServerSocket server) throws IOException {
    return TlsSockets.secure(
        watched,
        new Socket("localhost", server.getLocalPort()),
        "localhost",
        server.getLocalPort());
  }
}
