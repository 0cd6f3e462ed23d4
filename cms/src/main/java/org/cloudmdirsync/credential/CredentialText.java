package org.cloudmdirsync.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.OptionalLong;
import org.cloudmdirsync.credential.CredentialReply.Credential;
import org.cloudmdirsync.sasl.Xoauth2;
import org.cloudmdirsync.secret.Secret;

/** A credential as text: {@code user=USER^Aauth=Bearer TOKEN^A[expires=SECONDS^A]^A}. */
final class CredentialText {
  private static final char SEPARATOR = '\u0001';
  private static final String USER = "user=";
  private static final String AUTH = SEPARATOR + "auth=";
  private static final String EXPIRES = SEPARATOR + "expires=";
  private static final String END = "\u0001\u0001";

  private CredentialText() {}

  /** Without the expiry it is the XOAUTH2 message, byte for byte. */
  static byte[] encode(Credential credential, boolean withExpiry) {
    String message = Xoauth2.message(credential.saslUser(), credential.accessToken()).expose();
    boolean known = credential.expires().isPresent();
    String text =
        withExpiry && known ? expiring(message, credential.expires().getAsLong()) : message;
    return text.getBytes(UTF_8);
  }

  /** By hand: TeaVM gets a concatenation wrong where a constant has the byte 1 in it. */
  private static String expiring(String message, long seconds) {
    return new StringBuilder(message)
        .delete(message.length() - END.length(), message.length())
        .append(EXPIRES)
        .append(seconds)
        .append(END)
        .toString();
  }

  /**
   * Empty if there is no whole credential. It must begin the text and may be followed by anything,
   * which is dropped; the token type's case is not looked at, since providers do not agree on it.
   */
  static Optional<Credential> decode(String text) {
    int userEnd = text.indexOf(AUTH);
    int space = text.indexOf(' ');
    int end = text.indexOf(END);
    int type = userEnd + AUTH.length();
    if (!text.startsWith(USER) || userEnd <= USER.length() || space <= type || end <= space + 1) {
      return Optional.empty();
    }
    int tokenEnd = text.indexOf(SEPARATOR, space);
    if (!isOneWord(text, USER.length(), userEnd) || !isOneWord(text, space + 1, tokenEnd)) {
      return Optional.empty();
    }
    return Optional.of(
        new Credential(
            text.substring(USER.length(), userEnd),
            Secret.of(text.substring(space + 1, tokenEnd)),
            expires(text.substring(tokenEnd, end))));
  }

  /** Among fields that a later daemon may add. */
  private static OptionalLong expires(String fields) {
    int start = fields.indexOf(EXPIRES);
    if (start < 0) {
      return OptionalLong.empty();
    }
    int from = start + EXPIRES.length();
    int end = fields.indexOf(SEPARATOR, from);
    return seconds(fields.substring(from, end < 0 ? fields.length() : end));
  }

  private static OptionalLong seconds(String digits) {
    try {
      return OptionalLong.of(Long.parseLong(digits));
    } catch (NumberFormatException e) {
      return OptionalLong.empty(); // the token is good all the same
    }
  }

  private static boolean isOneWord(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) == 0x7f) {
        return false;
      }
    }
    return to > from;
  }
}
