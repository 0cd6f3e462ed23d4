package org.cloudmdirsync.tls;

import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;

/**
 * The JDK's verification of a server's chain, with those authorities that the chain names; and that
 * the server's own certificate is valid today.
 *
 * <p>An authority is found by its subject, byte for byte as RFC 5280 section 4.1.2.4 wants an
 * issuer to repeat it. Which of those found may be trusted, for what host and how long, is the
 * JDK's work.
 *
 * <p>The JDK takes a certificate that is itself among the trusted ones as it is: a self-signed
 * certificate in {@code $SSL_CERT_FILE} would never expire.
 */
final class Verification extends X509ExtendedTrustManager {
  private final Map<ByteBuffer, List<Authority>> authorities;
  private final Witness witness;

  Verification(Collection<Authority> trusted, Witness witness) {
    this.witness = witness;
    this.authorities = trusted.stream().collect(Collectors.groupingBy(Authority::subject));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    verify(chain, jdk -> jdk.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    verify(chain, jdk -> jdk.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    verify(chain, jdk -> jdk.checkServerTrusted(chain, authType));
  }

  /** The JDK's part of the work. */
  @FunctionalInterface
  private interface Check {
    void by(X509ExtendedTrustManager jdk) throws CertificateException;
  }

  private void verify(X509Certificate[] chain, Check check) throws CertificateException {
    try {
      check.by(jdk(chain));
      chain[0].checkValidity();
    } catch (CertificateException objection) {
      witness.saw(List.of(chain), Optional.of(objection));
      throw objection;
    }
    witness.saw(List.of(chain), Optional.empty());
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw noServer();
  }

  /** Only a server would send these names to its clients. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private static CertificateException noServer() {
    return new CertificateException("nobody signs in to us with a certificate");
  }

  private X509ExtendedTrustManager jdk(X509Certificate[] chain) throws CertificateException {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (X509Certificate authority : named(chain)) {
        store.setCertificateEntry(String.valueOf(store.size()), authority);
      }
      if (store.size() == 0) {
        throw new CertificateException(
            new CertPathBuilderException("no authority that the chain names is trusted"));
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      // PKIX, the default algorithm, has exactly one manager, of the extended kind.
      return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    } catch (CertificateException e) {
      throw e;
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new CertificateException("certificates cannot be verified: " + e.getMessage(), e);
    }
  }

  /** Those that may have issued a certificate of the chain, or stand in it themselves. */
  private Set<X509Certificate> named(X509Certificate[] chain) {
    return Stream.of(chain)
        .flatMap(c -> Stream.of(c.getIssuerX500Principal(), c.getSubjectX500Principal()))
        .map(X500Principal::getEncoded)
        .flatMap(name -> authorities.getOrDefault(ByteBuffer.wrap(name), List.of()).stream())
        .flatMap(authority -> authority.parse().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
