package org.cloudmdirsync.oauth;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.cloudmdirsync.secret.Secret;

/** A client that shows who it is by a signature (RFC 7523 section 2.2), in place of a secret. */
public final class ClientCertificate {
  /** Longer than a request takes, shorter than anybody needs to misuse what was overheard. */
  private static final Duration LIFE = Duration.ofMinutes(10);

  /** A clock that is a little ahead must not make assertions from the future. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final RSAPrivateKey key;
  private final String thumbprint;

  private ClientCertificate(RSAPrivateKey key, String thumbprint) {
    this.key = key;
    this.thumbprint = thumbprint;
  }

  /**
   * Reads both files; they may be one.
   *
   * @throws IOException that says what is wrong and what to do
   */
  public static ClientCertificate read(Path certificateFile, Path keyFile, Instant now)
      throws IOException {
    X509Certificate certificate =
        Pem.certificate(Pem.read(certificateFile), certificateFile.toString());
    RSAPrivateKey key = Pem.privateKey(Pem.read(keyFile), keyFile.toString());
    if (!(certificate.getPublicKey() instanceof RSAPublicKey theirs)
        || !theirs.getModulus().equals(key.getModulus())) {
      throw new IOException(
          "the private key in "
              + keyFile
              + " does not belong to the certificate in "
              + certificateFile);
    }
    if (now.isAfter(certificate.getNotAfter().toInstant())) {
      throw new IOException(
          "the certificate in "
              + certificateFile
              + " ended on "
              + certificate.getNotAfter().toInstant()
              + ": make a new one and register it");
    }
    return new ClientCertificate(key, thumbprint(certificate));
  }

  /** RFC 7523 section 3, with the header that Microsoft finds the certificate by. */
  Secret assertion(String clientId, URI tokenEndpoint, Instant now, RandomGenerator random) {
    return Jwt.signed(
        Jwt.Algorithm.PS256,
        Map.of("x5t#S256", thumbprint),
        Map.of(
            "iss", clientId,
            "sub", clientId,
            "aud", tokenEndpoint.toString(),
            "jti", Pkce.random(random),
            "nbf", now.minus(SKEW).getEpochSecond(),
            "iat", now.getEpochSecond(),
            "exp", now.plus(LIFE).getEpochSecond()),
        key);
  }

  /** RFC 7515 section 4.1.8. */
  private static String thumbprint(X509Certificate certificate) throws IOException {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate cannot be encoded", e);
    }
  }
}
