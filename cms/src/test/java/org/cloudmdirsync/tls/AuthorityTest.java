package org.cloudmdirsync.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

/** The JDK, which parses certificates as a whole, judges our reading of their subjects. */
class AuthorityTest {
  private static final List<X509Certificate> JDKS = jdks();

  @Test
  void subjectsAreFoundWhereTheJdkFindsThem() throws GeneralSecurityException {
    assertThat(JDKS).hasSizeGreaterThan(50);
    for (X509Certificate certificate : JDKS) {
      Authority authority = Authority.of(certificate.getEncoded()).orElseThrow();
      assertThat(authority.subject())
          .isEqualTo(ByteBuffer.wrap(certificate.getSubjectX500Principal().getEncoded()));
      assertThat(authority.parse()).isEqualTo(certificate);
    }
  }

  @Test
  void aCertificateCutAnywhereIsNoneOrItsSubjectIsRead() throws GeneralSecurityException {
    byte[] whole = JDKS.getFirst().getEncoded();
    ByteBuffer subject = Authority.of(whole).orElseThrow().subject();
    for (int length = 0; length < whole.length; length++) {
      assertThat(Authority.of(Arrays.copyOf(whole, length))).isEmpty();
    }
    assertThat(Authority.of(Arrays.copyOf(whole, whole.length + 1)).orElseThrow().subject())
        .isEqualTo(subject);
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
      Authority.of(damaged).ifPresent(read -> assertThat(read.subject().remaining()).isPositive());
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
