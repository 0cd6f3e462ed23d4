package org.cloudmdirsync.tls;

import java.io.ByteArrayInputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;

/**
 * A certificate we may have to trust, parsed only when a server's chain names it: a system has a
 * hundred and forty of them, and to parse them all takes more of a start than TLS itself.
 *
 * @param subject its subject's name, in DER
 * @param base64 the whole of it, as it stands in PEM
 */
record Authority(ByteBuffer subject, String base64) {
  /** Ten full lines, in which the subject of almost every authority ends. */
  private static final int BEGINNING = 10 * (64 + "\n".length());

  /** The tag of {@code [0] EXPLICIT Version}, which version 1 leaves out. */
  private static final byte VERSION = (byte) 0xa0;

  /**
   * Empty for what is no certificate; whether it is a good one {@link #parse} says. Its beginning
   * is decoded first, since to decode all of a hundred and forty takes 6 ms of a start.
   */
  static Optional<Authority> of(String base64) {
    String beginning = base64.substring(0, Math.min(BEGINNING, base64.length()));
    return subject(decoded(beginning))
        .or(() -> subject(decoded(base64)))
        .map(subject -> new Authority(subject, base64));
  }

  /** The JDK's reading of it; empty when it cannot. */
  Optional<X509Certificate> parse() {
    try {
      return Optional.of(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(decoded(base64))));
    } catch (CertificateException notGood) {
      return Optional.empty();
    }
  }

  /** Nothing for what is no base64. */
  private static byte[] decoded(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  /**
   * The subject in a certificate, or in so much of its beginning as holds that; empty when there is
   * none. RFC 5280 section 4.1: its place in a TBSCertificate.
   */
  private static Optional<ByteBuffer> subject(byte[] beginning) {
    try {
      ByteBuffer fields = ByteBuffer.wrap(beginning);
      length(fields); // of the Certificate
      length(fields); // of the TBSCertificate
      if (fields.get(fields.position()) == VERSION) {
        element(fields);
      }
      for (String _ : new String[] {"serialNumber", "signature", "issuer", "validity"}) {
        element(fields);
      }
      return Optional.of(element(fields));
    } catch (BufferUnderflowException
        | IndexOutOfBoundsException
        | IllegalArgumentException
        | ArithmeticException notDer) {
      return Optional.empty();
    }
  }

  /** Takes the next element off: its tag, its length, and its contents. */
  private static ByteBuffer element(ByteBuffer from) {
    int start = from.position();
    int length = length(from);
    int end = Math.addExact(from.position(), length);
    from.position(end);
    return from.slice(start, end - start);
  }

  /** Takes the next tag and length off; X.690 section 8.1.3 has the two forms of a length. */
  private static int length(ByteBuffer from) {
    from.get();
    int length = from.get() & 0xff;
    if (length < 0x80) {
      return length;
    }
    int octets = length - 0x80;
    length = 0;
    for (int i = 0; i < octets; i++) {
      length = Math.addExact(Math.multiplyExact(length, 256), from.get() & 0xff);
    }
    return length;
  }
}
