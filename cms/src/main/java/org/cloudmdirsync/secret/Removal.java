package org.cloudmdirsync.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.stream.Stream;

/** Takes known secrets out of a text, in every form in which they travel. */
public final class Removal {
  /** Stands where a secret stood. */
  public static final String MARK = "<removed>";

  /** Shorter ones are nobody's secret, and without them no word would be left whole. */
  private static final int SHORTEST = 4;

  private Removal() {}

  /** The text without them, whether bare, percent-encoded or in base64. */
  public static String from(String text, Collection<Secret> secrets) {
    return secrets.stream()
        .filter(secret -> secret.expose().length() >= SHORTEST)
        .flatMap(secret -> forms(secret.expose()))
        .reduce(text, (clean, form) -> clean.replace(form, MARK));
  }

  private static Stream<String> forms(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        secret,
        URLEncoder.encode(secret, StandardCharsets.UTF_8),
        Base64.getEncoder().withoutPadding().encodeToString(bytes),
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }
}
