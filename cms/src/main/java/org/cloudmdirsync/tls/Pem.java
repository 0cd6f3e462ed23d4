package org.cloudmdirsync.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Certificates in PEM (RFC 7468 section 5) with anything around them.
 *
 * <p>Not {@link CertificateFactory#generateCertificates}: that gives up on the whole bundle at the
 * first certificate it cannot read, and one oddity among a hundred and forty authorities must not
 * take all of them away.
 */
final class Pem {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";

  private Pem() {}

  static List<X509Certificate> certificates(byte[] file) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    List<X509Certificate> found = new ArrayList<>();
    int begin = text.indexOf(BEGIN);
    while (begin >= 0) {
      int end = text.indexOf(END, begin);
      if (end < 0) {
        break;
      }
      certificate(text.substring(begin + BEGIN.length(), end)).ifPresent(found::add);
      begin = text.indexOf(BEGIN, end);
    }
    return found;
  }

  /**
   * The certificate in {@code CERTIFICATE-----base64}; other labels (keys, CRLs) are passed over.
   */
  private static Optional<X509Certificate> certificate(String block) {
    int label = block.indexOf("CERTIFICATE-----");
    if (label < 0) {
      return Optional.empty();
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(block.substring(block.indexOf('\n') + 1));
      return Optional.of(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der)));
    } catch (CertificateException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
