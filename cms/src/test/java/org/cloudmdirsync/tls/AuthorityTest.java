package org.cloudmdirsync.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

/** The JDK, which parses certificates as a whole, judges our reading of their subjects. */
class AuthorityTest {
  private static final List<X509Certificate> JDKS = jdks();

  /** As PEM files are written: RFC 7468 section 2. */
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  @Test
  void subjectsAreFoundWhereTheJdkFindsThem() throws GeneralSecurityException {
    assertThat(JDKS).hasSizeGreaterThan(50);
    for (X509Certificate certificate : JDKS) {
      for (Base64.Encoder pem : List.of(Base64.getEncoder(), LINES, Base64.getMimeEncoder())) {
        Authority authority =
            Authority.of(pem.encodeToString(certificate.getEncoded())).orElseThrow();
        assertThat(authority.subject())
            .isEqualTo(ByteBuffer.wrap(certificate.getSubjectX500Principal().getEncoded()));
        assertThat(authority.parse()).contains(certificate);
      }
    }
  }

  @Test
  void aCertificateCutAnywhereIsNoneOrIsNotParsed() throws GeneralSecurityException {
    byte[] whole = JDKS.getFirst().getEncoded();
    for (int length = 0; length < whole.length; length++) {
      Optional<Authority> cut = Authority.of(LINES.encodeToString(Arrays.copyOf(whole, length)));
      assertThat(cut.flatMap(Authority::parse)).isEmpty();
    }
  }

  @Test
  void rubbishIsNoCertificate() throws GeneralSecurityException {
    Random random = new Random(1);
    byte[] good = JDKS.getFirst().getEncoded();
    for (int round = 0; round < 10_000; round++) {
      byte[] damaged = good.clone();
      for (int i = 0; i < 3; i++) {
        damaged[random.nextInt(120)] = (byte) random.nextInt();
      }
      Authority.of(LINES.encodeToString(damaged))
          .ifPresent(read -> assertThat(read.subject().remaining()).isPositive());
    }
  }

  private static List<X509Certificate> jdks() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return Stream.of(((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers())
          .toList();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
