package org.cloudmdirsync.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Certificates in PEM (RFC 7468 section 5) with anything around them. What is no certificate is
 * passed over: one oddity among a hundred and forty must not take the others away.
 */
final class Pem {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";

  private Pem() {}

  static List<Authority> certificates(byte[] file) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    List<Authority> found = new ArrayList<>();
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
  private static Optional<Authority> certificate(String block) {
    int label = block.indexOf("CERTIFICATE-----");
    if (label < 0) {
      return Optional.empty();
    }
    return Authority.of(block.substring(block.indexOf('\n') + 1));
  }
}
