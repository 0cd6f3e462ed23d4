package org.cloudmdirsync.simulator;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The TLS identities our servers can show, and the authority a client should trust. */
final class Certificates {
  private static final char[] PASSWORD = "unused".toCharArray();

  private final Map<CertificateKind, SSLContext> contexts = new EnumMap<>(CertificateKind.class);
  private final String pem;

  /**
   * Makes them all.
   *
   * @param names DNS names and IP addresses the good certificate is valid for
   */
  Certificates(List<String> names, Instant now) throws GeneralSecurityException {
    CertificateAuthority trusted = new CertificateAuthority("Pretend cloud CA", now);
    CertificateAuthority stranger = new CertificateAuthority("Unknown CA", now);
    KeyPair keys = trusted.newKeys();
    pem = trusted.pem();
    contexts.put(CertificateKind.GOOD, context(keys, trusted.issue(keys, names)));
    contexts.put(CertificateKind.EXPIRED, context(keys, trusted.issueExpired(keys, names)));
    contexts.put(
        CertificateKind.WRONG_HOST,
        context(keys, trusted.issue(keys, List.of("elsewhere.invalid"))));
    contexts.put(CertificateKind.UNTRUSTED, context(keys, stranger.issue(keys, names)));
  }

  String pem() {
    return pem;
  }

  SSLContext context(CertificateKind kind) {
    return java.util.Objects.requireNonNull(contexts.get(kind));
  }

  private static SSLContext context(KeyPair keys, List<X509Certificate> chain)
      throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, PASSWORD);
      store.setKeyEntry(
          "server", keys.getPrivate(), PASSWORD, chain.toArray(X509Certificate[]::new));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return context;
    } catch (java.io.IOException e) {
      throw new GeneralSecurityException("an empty key store could not be made", e);
    }
  }
}
