package org.cloudmdirsync.simulator;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Makes the certificates (RFC 5280) at start, so that no key is ever checked in.
 *
 * <p>Written by hand: keytool needs four runs and 8 s of processor time for the same, this 0.35 s.
 */
final class CertificateAuthority {
  /** Microsoft's servers have RSA keys, and so have their authorities. */
  private static final byte[] RSA_SHA256 =
      Der.sequence(Der.oid("1.2.840.113549.1.1.11"), new byte[] {5, 0});

  private static final Duration LIFE = Duration.ofDays(30);

  private final SecureRandom random = new SecureRandom();
  private final String name;
  private final KeyPair keys;
  private final X509Certificate certificate;
  private final Instant now;

  CertificateAuthority(String name, Instant now) throws GeneralSecurityException {
    this.name = name;
    this.now = now;
    this.keys = newKeys();
    this.certificate =
        signed(
            name,
            keys,
            now.minus(LIFE),
            now.plus(LIFE),
            List.of(
                extension("2.5.29.19", true, Der.sequence(Der.yes())),
                // keyCertSign and cRLSign
                extension("2.5.29.15", true, Der.bits(1, new byte[] {0x06}))));
  }

  /** The authority's own certificate, to be trusted by clients. */
  String pem() throws GeneralSecurityException {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(certificate.getEncoded());
    return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
  }

  KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048, random);
    return generator.generateKeyPair();
  }

  /** A server's chain for these DNS names and IP addresses, valid about now. */
  List<X509Certificate> issue(KeyPair subject, List<String> names) throws GeneralSecurityException {
    return issue(subject, names, now.minus(Duration.ofDays(1)), now.plus(LIFE));
  }

  /** The same, but its time is over since yesterday. */
  List<X509Certificate> issueExpired(KeyPair subject, List<String> names)
      throws GeneralSecurityException {
    return issue(subject, names, now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1)));
  }

  private List<X509Certificate> issue(
      KeyPair subject, List<String> names, Instant from, Instant until)
      throws GeneralSecurityException {
    X509Certificate leaf =
        signed(
            names.getFirst(),
            subject,
            from,
            until,
            List.of(
                extension("2.5.29.15", true, Der.bits(7, new byte[] {(byte) 0x80})),
                extension("2.5.29.37", false, Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"))),
                extension("2.5.29.17", false, Der.sequence(alternativeNames(names)))));
    return List.of(leaf, certificate);
  }

  private X509Certificate signed(
      String subject, KeyPair subjectKeys, Instant from, Instant until, List<byte[]> extensions)
      throws GeneralSecurityException {
    List<byte[]> all = new ArrayList<>(extensions);
    byte[] subjectKey = keyIdentifier(subjectKeys);
    all.add(extension("2.5.29.14", false, Der.octets(subjectKey)));
    all.add(extension("2.5.29.35", false, Der.sequence(Der.tagged(0x80, keyIdentifier(keys)))));
    byte[] body =
        Der.sequence(
            Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(120, random).setBit(119)),
            RSA_SHA256,
            commonName(name),
            Der.sequence(Der.time(from), Der.time(until)),
            commonName(subject),
            subjectKeys.getPublic().getEncoded(),
            Der.tagged(0xa3, Der.sequence(all.toArray(byte[][]::new))));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.getPrivate(), random);
    signature.update(body);
    byte[] encoded = Der.sequence(body, RSA_SHA256, Der.bits(0, signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }

  private static byte[] keyIdentifier(KeyPair keys) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-1").digest(keys.getPublic().getEncoded());
  }

  private static byte[] commonName(String name) {
    return Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.text(name))));
  }

  private static byte[] extension(String oid, boolean critical, byte[] value) {
    return critical
        ? Der.sequence(Der.oid(oid), Der.yes(), Der.octets(value))
        : Der.sequence(Der.oid(oid), Der.octets(value));
  }

  private static byte[][] alternativeNames(List<String> names) {
    return names.stream().map(CertificateAuthority::alternativeName).toArray(byte[][]::new);
  }

  /** RFC 5280 section 4.2.1.6: iPAddress is [7], dNSName is [2]. */
  private static byte[] alternativeName(String name) {
    boolean address = name.contains(":") || name.matches("[0-9.]+");
    return address
        ? Der.tagged(0x87, addressBytes(name))
        : Der.tagged(0x82, name.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] addressBytes(String literal) {
    try {
      return InetAddress.getByName(literal).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an IP address: " + literal, e);
    }
  }
}
