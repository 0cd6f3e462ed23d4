package org.cloudmdirsync.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Sees the certificates that servers show, whether or not they are believed. */
@FunctionalInterface
public interface Witness {
  /** Looks away. */
  Witness NONE = (_, _) -> {};

  /**
   * A server showed these.
   *
   * @param chain its own certificate first
   * @param objection why they are not believed
   */
  void saw(List<X509Certificate> chain, Optional<CertificateException> objection);
}
