package org.cloudmdirsync.oauth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.cloudmdirsync.secret.Secret;

/** A signed JSON Web Token (RFC 7515, 7519): whoever has it is who it says. */
final class Jwt {
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  /** RFC 7518 section 3.5: the salt is as long as the hash. */
  private static final PSSParameterSpec PSS =
      new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

  private Jwt() {}

  /** RFC 7518 section 3.1. */
  enum Algorithm {
    RS256,
    PS256
  }

  /**
   * Signs.
   *
   * @param header beside {@code alg} and {@code typ}
   * @param claims texts and whole numbers
   */
  static Secret signed(
      Algorithm algorithm, Map<String, Object> header, Map<String, Object> claims, PrivateKey key) {
    Map<String, Object> whole = new LinkedHashMap<>(header);
    whole.put("alg", algorithm.name());
    whole.put("typ", "JWT");
    String input = base64url(json(whole)) + "." + base64url(json(claims));
    try {
      Signature signature = signature(algorithm);
      signature.initSign(key);
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return Secret.of(input + "." + BASE64URL.encodeToString(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK signs with " + algorithm, e);
    }
  }

  private static Signature signature(Algorithm algorithm) throws GeneralSecurityException {
    return switch (algorithm) {
      case RS256 -> Signature.getInstance("SHA256withRSA");
      case PS256 -> {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(PSS);
        yield signature;
      }
    };
  }

  private static String base64url(String json) {
    return BASE64URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String json(Map<String, Object> members) {
    return members.entrySet().stream()
        .map(member -> quoted(member.getKey()) + ":" + value(member.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String value(Object value) {
    return value instanceof Long number ? number.toString() : quoted(value.toString());
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\' || c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
