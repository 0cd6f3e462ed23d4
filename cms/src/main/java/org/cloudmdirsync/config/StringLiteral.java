package org.cloudmdirsync.config;

import java.util.Locale;
import java.util.Set;

/**
 * A string literal in any of Python's forms but bytes: both quotes, tripled or not, raw, formatted.
 *
 * @param token what it stands for
 * @param end the offset after the closing quote
 */
record StringLiteral(Token token, int end) {
  private static final Set<String> PREFIXES = Set.of("r", "u", "f", "fr", "rf", "b", "br", "rb");

  static boolean isPrefix(String word) {
    return PREFIXES.contains(word.toLowerCase(Locale.ROOT));
  }

  /** Reads the literal whose prefix begins at {@code start}; it must end before {@code limit}. */
  static StringLiteral read(Source source, int start, String prefix, int limit) {
    Position position = new Position(source, start);
    String kind = prefix.toLowerCase(Locale.ROOT);
    if (kind.contains("b")) {
      throw new Rejected(position, "bytes are not supported in a configuration file; leave out b");
    }
    String text = source.text();
    int open = start + prefix.length();
    String quote = text.substring(open, open + 1);
    if (text.startsWith(quote.repeat(3), open) && open + 3 <= limit) {
      quote = quote.repeat(3);
    }
    int body = open + quote.length();
    int close = closing(text, body, quote, limit, position);
    boolean raw = kind.contains("r");
    Token token =
        kind.contains("f")
            ? new Token.Template(body, close, raw, position)
            : new Token.Text(Escapes.resolve(source, body, close, raw), position);
    return new StringLiteral(token, close + quote.length());
  }

  /** The offset of the closing quote; a backslash protects the character after it, even if raw. */
  private static int closing(String text, int body, String quote, int limit, Position position) {
    for (int at = body; at + quote.length() <= limit; at++) {
      char c = text.charAt(at);
      if (text.startsWith(quote, at)) {
        return at;
      } else if (c == '\\') {
        at++;
      } else if (c == '\n' && quote.length() == 1) {
        break;
      }
    }
    throw new Rejected(position, "this string was never closed");
  }
}
