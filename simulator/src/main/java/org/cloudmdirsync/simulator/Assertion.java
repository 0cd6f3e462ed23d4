package org.cloudmdirsync.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** A signed JSON Web Token that somebody shows (RFC 7523 section 3). */
record Assertion(
    Map<String, Object> header, Map<String, Object> claims, String signed, String signature) {
  private static final Duration SKEW = Duration.ofMinutes(5);

  static Assertion read(String text) throws Refusal {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      throw new Refusal("invalid_request", "The assertion is not a JWT.");
    }
    try {
      return new Assertion(
          Json.readObject(decoded(parts[0])),
          Json.readObject(decoded(parts[1])),
          parts[0] + "." + parts[1],
          parts[2]);
    } catch (IllegalArgumentException e) {
      throw new Refusal("invalid_request", "The assertion cannot be read.");
    }
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  String claim(String name) {
    return claims.getOrDefault(name, "").toString();
  }

  boolean isSignedBy(PublicKey key) {
    try {
      Signature check;
      switch (header.getOrDefault("alg", "").toString()) {
        case "RS256" -> check = Signature.getInstance("SHA256withRSA");
        case "PS256" -> {
          check = Signature.getInstance("RSASSA-PSS");
          check.setParameter(
              new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
        default -> {
          return false;
        }
      }
      check.initVerify(key);
      check.update(signed.getBytes(StandardCharsets.US_ASCII));
      return check.verify(Base64.getUrlDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Begun, not over, and short. */
  boolean isTimely(Instant now, Duration longest) {
    Instant from = moment("iat");
    Instant until = moment("exp");
    return from.minus(SKEW).isBefore(now)
        && now.isBefore(until)
        && Duration.between(from, until).compareTo(longest) <= 0;
  }

  private Instant moment(String name) {
    return claims.get(name) instanceof Number seconds
        ? Instant.ofEpochSecond(seconds.longValue())
        : Instant.EPOCH;
  }
}
