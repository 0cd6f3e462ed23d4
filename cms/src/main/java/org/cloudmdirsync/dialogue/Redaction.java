package org.cloudmdirsync.dialogue;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes secrets out of lines before anybody sees them. What we send is redacted where it is sent;
 * this is for servers that quote it back, perhaps cut short.
 */
public final class Redaction {
  /** Stands where a secret stood. */
  public static final String MARK = "<redacted>";

  /** Shorter pieces give nothing away and would be found in innocent words. */
  private static final Pattern PIECE = Pattern.compile("[A-Za-z0-9+/=._~-]{12,}");

  private final List<String> secrets;

  private Redaction(List<String> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  /** Nothing is secret yet. */
  public static Redaction none() {
    return new Redaction(List.of());
  }

  /** Takes these out, each whole or in pieces of at least 12 characters. */
  public static Redaction of(String... secrets) {
    return new Redaction(List.of(secrets));
  }

  /** The line without them. */
  public String apply(String line) {
    String clean = line;
    for (String secret : secrets) {
      clean = clean.replace(secret, MARK);
    }
    return PIECE.matcher(clean).replaceAll(piece -> isPartOfSecret(piece.group()) ? MARK : "$0");
  }

  private boolean isPartOfSecret(String piece) {
    return secrets.stream().anyMatch(secret -> secret.contains(piece));
  }
}
