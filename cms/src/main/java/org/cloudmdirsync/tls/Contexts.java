package org.cloudmdirsync.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Makes a context from certificates. */
final class Contexts {
  private Contexts() {}

  static SSLContext trusting(List<CertificateSource> sources, Witness witness) throws IOException {
    List<Authority> authorities = new ArrayList<>();
    for (CertificateSource source : sources) {
      authorities.addAll(source.read());
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Verification(authorities, witness)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }
}
