package org.cloudmdirsync.simulator;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The TLS identities our servers can show, each made when first shown, and their authority. */
final class Certificates {
  private static final char[] PASSWORD = "unused".toCharArray();

  private final CertificateAuthority authority;
  private final KeyPair keys;
  private final List<String> names;
  private final Instant now;
  private final Map<CertificateKind, SSLContext> contexts = new ConcurrentHashMap<>();

  /**
   * Makes the authority.
   *
   * @param names DNS names and IP addresses the good certificate is valid for
   */
  Certificates(List<String> names, Instant now) throws GeneralSecurityException {
    this.authority = new CertificateAuthority("Pretend cloud CA", now);
    this.keys = authority.newKeys();
    this.names = names;
    this.now = now;
  }

  String pem() throws GeneralSecurityException {
    return authority.pem();
  }

  SSLContext context(CertificateKind kind) {
    return contexts.computeIfAbsent(kind, this::make);
  }

  private SSLContext make(CertificateKind kind) {
    try {
      return context(chain(kind));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JDK cannot make a certificate", e);
    }
  }

  private List<X509Certificate> chain(CertificateKind kind) throws GeneralSecurityException {
    return switch (kind) {
      case GOOD -> authority.issue(keys, names);
      case EXPIRED -> authority.issueExpired(keys, names);
      case WRONG_HOST -> authority.issue(keys, List.of("elsewhere.invalid"));
      case UNTRUSTED -> new CertificateAuthority("Unknown CA", now).issue(keys, names);
    };
  }

  private SSLContext context(List<X509Certificate> chain)
      throws GeneralSecurityException, IOException {
    // In memory only; PKCS12 would spend 10,000 rounds on protecting the key.
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, PASSWORD);
    store.setKeyEntry("server", keys.getPrivate(), PASSWORD, chain.toArray(X509Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }
}
