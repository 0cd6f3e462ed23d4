package org.cloudmdirsync.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cloudmdirsync.config.Token.Piece;

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
            ? new Token.Template(pieces(source, body, close, raw), position)
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

  private static List<Piece> pieces(Source source, int start, int end, boolean raw) {
    String text = source.text();
    List<Piece> pieces = new ArrayList<>();
    int at = start;
    while (at < end) {
      int brace = brace(text, at, end);
      boolean doubled = brace + 1 < end && text.charAt(brace + 1) == text.charAt(brace);
      if (brace > at || doubled) {
        String plain = Escapes.resolve(source, at, brace, raw);
        pieces.add(new Piece.Plain(doubled ? plain + text.charAt(brace) : plain));
      }
      if (brace == end) {
        break;
      } else if (doubled) {
        at = brace + 2;
      } else if (text.charAt(brace) == '}') {
        throw new Rejected(new Position(source, brace), "a single \"}\" in an f-string; write }}");
      } else {
        FieldReader field = FieldReader.read(source, brace + 1, end);
        pieces.add(field.field());
        at = field.end();
      }
    }
    return pieces;
  }

  private static int brace(String text, int from, int end) {
    int at = from;
    while (at < end && text.charAt(at) != '{' && text.charAt(at) != '}') {
      at++;
    }
    return at;
  }
}
