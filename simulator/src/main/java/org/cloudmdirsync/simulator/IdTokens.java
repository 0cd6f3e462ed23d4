package org.cloudmdirsync.simulator;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Signed id_tokens (OpenID Connect Core section 2; JWS with ES256) and the key set to check. */
final class IdTokens {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String KEY_ID = "simulator-1";
  private static final int COORDINATE = 32; // bytes, RFC 7518 section 6.2.1.2 for P-256

  private final KeyPair keys;

  IdTokens() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    keys = generator.generateKeyPair();
  }

  String of(Consent consent, String issuer, Instant now) {
    Map<String, Object> claims = new LinkedHashMap<>(identity(consent));
    claims.put("iss", issuer);
    claims.put("aud", consent.clientId());
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plusSeconds(3600).getEpochSecond());
    consent.nonce().ifPresent(nonce -> claims.put("nonce", nonce));
    if (consent.flavour() == Flavour.MICROSOFT) {
      claims.put("tid", Issuer.TENANT_ID);
      claims.put("ver", "2.0");
    }
    return signed(claims);
  }

  /** Who the user is, by the claims each provider uses. */
  static Map<String, Object> identity(Consent consent) {
    String user = consent.user();
    return switch (consent.flavour()) {
      case MICROSOFT ->
          Map.of("sub", subject(user), "preferred_username", user, "email", user, "name", user);
      case GOOGLE -> Map.of("sub", subject(user), "email", user, "email_verified", true);
      case GENERIC -> Map.of("sub", subject(user), "email", user, "preferred_username", user);
    };
  }

  private static String subject(String user) {
    return Hash.of("subject of " + user).substring(0, 21);
  }

  /** RFC 7517: the public key. */
  Map<String, Object> keySet() {
    ECPublicKey key = (ECPublicKey) keys.getPublic();
    return Map.of(
        "keys",
        List.of(
            Map.of(
                "kty", "EC",
                "crv", "P-256",
                "use", "sig",
                "alg", "ES256",
                "kid", KEY_ID,
                "x", coordinate(key.getW().getAffineX()),
                "y", coordinate(key.getW().getAffineY()))));
  }

  private static String coordinate(BigInteger value) {
    byte[] fixed = new byte[COORDINATE];
    byte[] bytes = value.toByteArray();
    int length = Math.min(bytes.length, COORDINATE);
    System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE - length, length);
    return BASE64.encodeToString(fixed);
  }

  private String signed(Map<String, Object> claims) {
    String input =
        base64(Json.write(Map.of("alg", "ES256", "kid", KEY_ID, "typ", "JWT")))
            + "."
            + base64(Json.write(claims));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(keys.getPrivate());
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK signs with ES256", e);
    }
  }

  private static String base64(String json) {
    return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
