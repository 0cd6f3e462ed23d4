package org.cloudmdirsync.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A PKCE code challenge (RFC 7636 section 4.2). */
record Challenge(Method method, String value) {

  /** How it was made from the verifier. */
  enum Method {
    PLAIN("plain"),
    S256("S256");

    private final String word;

    Method(String word) {
      this.word = word;
    }
  }

  /** Reads one from an authorization request; IllegalArgumentException for an unknown method. */
  static Optional<Challenge> from(Form request) {
    String word = request.get("code_challenge_method").orElse("plain");
    return request.get("code_challenge").map(value -> new Challenge(method(word), value));
  }

  private static Method method(String word) {
    for (Method method : Method.values()) {
      if (method.word.equals(word)) {
        return method;
      }
    }
    throw new IllegalArgumentException("code_challenge_method " + word + " is not supported");
  }

  /** RFC 7636 sections 4.1 and 4.6. */
  boolean isMetBy(String verifier) {
    if (!verifier.matches("[A-Za-z0-9._~-]{43,128}")) {
      return false;
    }
    return switch (method) {
      case PLAIN -> value.equals(verifier);
      case S256 ->
          value.equals(
              Base64.getUrlEncoder()
                  .withoutPadding()
                  .encodeToString(Hash.sha256(verifier.getBytes(StandardCharsets.US_ASCII))));
    };
  }
}
