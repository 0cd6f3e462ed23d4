package org.cloudmdirsync.sasl;

import org.cloudmdirsync.secret.Secret;

/** What both mechanisms have in common: one separator, and text that must not contain it. */
final class BearerMessage {
  static final char SEPARATOR = '\u0001';

  private BearerMessage() {}

  /** The end of either message: the token's field and the empty field that closes the message. */
  static String ending(Secret token) {
    return "auth=Bearer " + visible("access token", token.expose()) + SEPARATOR + SEPARATOR;
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
