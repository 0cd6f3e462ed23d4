package org.cloudmdirsync.credential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The grammar of a request, by hand rather than by regular expression: it runs for every request.
 *
 * @param text all the characters that arrived
 * @param cut whether more would have followed
 */
record RequestText(String text, boolean cut) {

  /** Strict UTF-8; a character that was cut in two at the end is left out. */
  static Optional<String> decode(byte[] bytes, boolean cut) {
    if (isAscii(bytes)) {
      return Optional.of(new String(bytes, ISO_8859_1));
    }
    CharBuffer characters = CharBuffer.allocate(bytes.length);
    boolean malformed =
        UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), characters, !cut).isError();
    return malformed ? Optional.empty() : Optional.of(characters.flip().toString());
  }

  Optional<CredentialRequest> request() {
    int protocolEnd = protocolEnd();
    if (protocolEnd == 0) {
      return Optional.empty();
    }
    boolean withOptions = charAt(protocolEnd) == ',';
    int space = withOptions ? endOfWord(protocolEnd + 1) : protocolEnd;
    if (charAt(space) != ' ' || (withOptions && space == protocolEnd + 1)) {
      return Optional.empty();
    }
    int end = endOfWord(space + 1);
    String user = text.substring(space + 1, end);
    boolean userIsCut = cut && end == text.length();
    if (userIsCut || !isAddress(user)) {
      return Optional.empty();
    }
    List<String> options =
        withOptions ? options(text.substring(protocolEnd + 1, space)) : List.of();
    return Optional.of(new CredentialRequest(text.substring(0, protocolEnd), options, user));
  }

  private static List<String> options(String words) {
    return List.copyOf(Arrays.asList(words.split(",", -1)));
  }

  /** Up to the first space or comma; other blanks belong to the name, which is then unknown. */
  private int protocolEnd() {
    int at = 0;
    while (at < text.length() && text.charAt(at) != ' ' && text.charAt(at) != ',') {
      at++;
    }
    return at;
  }

  private int endOfWord(int from) {
    int at = from;
    while (at < text.length() && !isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** The character, or a newline past the end: no request contains one. */
  private char charAt(int at) {
    return at < text.length() ? text.charAt(at) : '\n';
  }

  /** An {@code @} with something on either side. */
  private static boolean isAddress(String user) {
    int at = user.indexOf('@', 1);
    return at > 0 && at < user.length() - 1;
  }

  /** What Python, the original's language, calls blank. */
  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }
}
