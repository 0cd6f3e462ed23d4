package org.cloudmdirsync.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.cloudmdirsync.secret.Secret;

/** Proof Key for Code Exchange (RFC 7636), method S256 only: plain is no proof. */
final class Pkce {
  /** RFC 7636 section 4.1: 32 octets give the shortest verifier allowed, 43 characters. */
  private static final int OCTETS = 32;

  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private Pkce() {}

  /** 256 random bits in URL-safe characters; good as a {@code state} too. */
  static String random(RandomGenerator random) {
    byte[] octets = new byte[OCTETS];
    random.nextBytes(octets);
    return BASE64URL.encodeToString(octets);
  }

  /** RFC 7636 section 4.2. */
  static String challenge(Secret verifier) {
    return BASE64URL.encodeToString(
        sha256().digest(verifier.expose().getBytes(StandardCharsets.US_ASCII)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
