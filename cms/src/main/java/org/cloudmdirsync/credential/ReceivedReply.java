package org.cloudmdirsync.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.cloudmdirsync.credential.CredentialReply.Credential;
import org.cloudmdirsync.secret.Secret;

/** What a client makes of the bytes that some daemon, ours or the original, sent. */
public sealed interface ReceivedReply {

  /** A credential, or a refusal that says why. */
  record Understood(CredentialReply reply) implements ReceivedReply {}

  /** Zero bytes: all that the original says on any failure. */
  record Nothing() implements ReceivedReply {}

  /** Something else: an answer cut short, or no credential daemon at all. */
  record Garbled() implements ReceivedReply {}

  /**
   * Reads a whole reply. A credential must begin it and may be followed by anything, which is
   * dropped; the token type's case is not looked at, since providers do not agree on it.
   */
  static ReceivedReply decode(byte[] bytes) {
    if (bytes.length == 0) {
      return new Nothing();
    }
    String text = new String(bytes, UTF_8);
    Optional<CredentialReply> reply =
        text.startsWith("user=")
            ? credential(text).map(CredentialReply.class::cast)
            : RefusalText.decode(text).map(CredentialReply.class::cast);
    return reply.<ReceivedReply>map(Understood::new).orElseGet(Garbled::new);
  }

  /** {@code user=USER^Aauth=TYPE TOKEN^A^A}; neither USER, TYPE nor TOKEN holds a blank. */
  private static Optional<Credential> credential(String text) {
    int userEnd = text.indexOf("\u0001auth=");
    int space = text.indexOf(' ');
    int end = text.indexOf("\u0001\u0001");
    int user = "user=".length();
    int type = userEnd + "\u0001auth=".length();
    if (userEnd <= user || space <= type || end <= space + 1) {
      return Optional.empty();
    }
    if (!isOneWord(text, user, userEnd) || !isOneWord(text, space + 1, end)) {
      return Optional.empty();
    }
    return Optional.of(
        new Credential(text.substring(user, userEnd), Secret.of(text.substring(space + 1, end))));
  }

  private static boolean isOneWord(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) == 0x7f) {
        return false;
      }
    }
    return true;
  }
}
