package org.cloudmdirsync.sasl;

import org.cloudmdirsync.secret.Secret;

/**
 * What both mechanisms have in common: one separator, and text that must not contain it.
 *
 * <p>Fields are joined, never concatenated with {@code +}: TeaVM, which compiles this for the
 * native client, mistakes a byte 1 in a concatenation's constants for an operand.
 */
final class BearerMessage {
  private static final String SEPARATOR = "\u0001";

  private BearerMessage() {}

  /** The fields before the token's, the token's, and the empty field that closes the message. */
  static Secret of(Secret token, String... fields) {
    String bearer = "auth=Bearer " + visible("access token", token.expose());
    return Secret.of(String.join(SEPARATOR, String.join(SEPARATOR, fields), bearer, "", ""));
  }

  /**
   * Returns the text, if it can stand between separators.
   *
   * @throws IllegalArgumentException at a blank or control character, which would end the field
   *     early; the text itself is not in the message, it may be a token
   */
  static String visible(String what, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == 0x7f) {
        throw new IllegalArgumentException(what + " with a blank or control character in it");
      }
    }
    return text;
  }
}
