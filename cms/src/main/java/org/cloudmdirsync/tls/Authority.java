package org.cloudmdirsync.tls;

import java.io.ByteArrayInputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * A certificate we may have to trust, parsed only when a server's chain names it: a system has a
 * hundred and forty of them, and to parse them all takes more of a start than TLS itself.
 *
 * @param subject its subject's name, in DER
 * @param certificate the whole of it, in DER
 */
record Authority(ByteBuffer subject, ByteBuffer certificate) {
  /** The tag of {@code [0] EXPLICIT Version}, which version 1 leaves out. */
  private static final byte VERSION = (byte) 0xa0;

  /** Empty when the bytes are no certificate; whether they are a good one {@link #parse} says. */
  static Optional<Authority> of(byte[] der) {
    try {
      ByteBuffer certificate = ByteBuffer.wrap(der);
      return Optional.of(new Authority(subject(certificate.slice()), certificate));
    } catch (BufferUnderflowException
        | IndexOutOfBoundsException
        | IllegalArgumentException
        | ArithmeticException notDer) {
      return Optional.empty();
    }
  }

  /** The JDK's reading of it. */
  X509Certificate parse() throws CertificateException {
    byte[] der = new byte[certificate.remaining()];
    certificate.duplicate().get(der);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  /** RFC 5280 section 4.1: the subject's place in a TBSCertificate. */
  private static ByteBuffer subject(ByteBuffer certificate) {
    ByteBuffer fields = contents(contents(certificate));
    if (fields.get(fields.position()) == VERSION) {
      element(fields);
    }
    for (String _ : new String[] {"serialNumber", "signature", "issuer", "validity"}) {
      element(fields);
    }
    return element(fields);
  }

  /** Takes the next element off: its tag, its length, and its contents. */
  private static ByteBuffer element(ByteBuffer from) {
    int start = from.position();
    int end = contents(from.duplicate()).limit();
    ByteBuffer element = from.slice(start, end - start);
    from.position(end);
    return element;
  }

  /** The contents of the next element; X.690 section 8.1.3 has the two forms of a length. */
  private static ByteBuffer contents(ByteBuffer from) {
    from.get();
    int length = from.get() & 0xff;
    if (length >= 0x80) {
      int octets = length - 0x80;
      length = 0;
      for (int i = 0; i < octets; i++) {
        length = Math.multiplyExact(length, 256) + (from.get() & 0xff);
      }
    }
    return from.limit(Math.addExact(from.position(), length));
  }
}
