package org.cloudmdirsync.oauth;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cloudmdirsync.secret.DurableFile;

/** Private keys and certificates as text (RFC 7468). */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----([^-]*)-----END \\1-----");

  private Pem() {}

  /**
   * An RSA key.
   *
   * @param where for the message
   * @throws IOException that says what is wrong and what to do, without a word of the content
   */
  static RSAPrivateKey privateKey(String text, String where) throws IOException {
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      switch (block.group(1)) {
        case "PRIVATE KEY" -> {
          return pkcs8(block.group(2), where);
        }
        case "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "EC PRIVATE KEY" ->
            throw new IOException(
                "the private key in %s must be an RSA key in PKCS#8 without a passphrase:"
                        .formatted(where)
                    + " convert it with openssl pkcs8 -topk8 -nocrypt");
        case String _ -> {} // a certificate in the same file
      }
    }
    throw new IOException("there is no private key (PEM) in " + where);
  }

  private static RSAPrivateKey pkcs8(String base64, String where) throws IOException {
    try {
      return (RSAPrivateKey)
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("the private key in " + where + " is damaged or is not an RSA key", e);
    }
  }

  /** The first certificate; the one that a key is for stands before its issuers'. */
  static X509Certificate certificate(String text, String where) throws IOException {
    Optional<String> base64 =
        BLOCK
            .matcher(text)
            .results()
            .filter(b -> b.group(1).equals("CERTIFICATE"))
            .findFirst()
            .map(b -> b.group(2));
    if (base64.isEmpty()) {
      throw new IOException("there is no certificate (PEM) in " + where);
    }
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(Base64.getMimeDecoder().decode(base64.get())));
    } catch (CertificateException | IllegalArgumentException e) {
      throw new IOException("the certificate in " + where + " is damaged", e);
    }
  }

  static String read(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + file, e);
    } catch (IOException e) {
      throw new IOException("cannot read " + file + ": " + DurableFile.reason(e), e);
    }
  }
}
