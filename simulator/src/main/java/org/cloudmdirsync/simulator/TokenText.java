package org.cloudmdirsync.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The strings that tokens are, in the length and with the look of each provider's. */
final class TokenText {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final RandomGenerator random;

  TokenText(RandomGenerator random) {
    this.random = random;
  }

  /** Random base64url characters. */
  String random(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  /** An opaque access token of exactly this many characters. */
  String opaque(String prefix, int size) {
    return size < prefix.length() + 16 ? random(size) : prefix + random(size - prefix.length());
  }

  /** Looks like a JWT whose signature fills it up to the size; opaque where it does not fit. */
  String jwtLike(Map<String, Object> claims, int size) {
    String start =
        base64(Json.write(Map.of("typ", "JWT", "alg", "RS256", "kid", "simulated")))
            + "."
            + base64(Json.write(claims))
            + ".";
    return size < start.length() + 32 ? opaque("EwB", size) : start + random(size - start.length());
  }

  String code(Flavour flavour) {
    return switch (flavour) {
      case MICROSOFT -> "1.AXkA" + random(300);
      case GOOGLE -> "4/0A" + random(70); // the slash makes clients decode
      case GENERIC -> random(43);
    };
  }

  String refreshToken(Flavour flavour) {
    return switch (flavour) {
      case MICROSOFT -> "1.AXkA" + random(900);
      case GOOGLE -> "1//0g" + random(90);
      case GENERIC -> random(43);
    };
  }

  /** The text a person types on the device page. */
  String userCode() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 9; i++) {
      text.append("BCDFGHJKLMNPQRSTVWXZ".charAt(random.nextInt(20))); // no vowels: RFC 8628 6.1
    }
    return text.toString();
  }

  private static String base64(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
