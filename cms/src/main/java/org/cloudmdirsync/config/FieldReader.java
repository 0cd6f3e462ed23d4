package org.cloudmdirsync.config;

import java.util.List;
import org.cloudmdirsync.config.Token.Piece;

/**
 * A replacement field of an f-string: {@code {expression!r:format}}.
 *
 * @param field what was read
 * @param end the offset after the closing brace
 */
record FieldReader(Piece.Field field, int end) {

  /** Reads the field whose expression begins at {@code start}. */
  static FieldReader read(Source source, int start, int limit) {
    String text = source.text();
    Position position = new Position(source, start);
    int stop = expressionEnd(source, start, limit);
    List<Token> tokens = Lexer.expression(source, start, stop);
    int at = stop;
    String conversion = "";
    if (text.charAt(at) == '!') {
      conversion = text.substring(at + 1, Math.min(at + 2, limit));
      at += 2;
      if (!conversion.equals("r") && !conversion.equals("s")) {
        throw new Rejected(position, "after \"!\" in an f-string only r and s are supported");
      }
    }
    String format = "";
    if (at < limit && text.charAt(at) == ':') {
      int close = text.indexOf('}', at);
      format = close < 0 || close >= limit ? "" : text.substring(at + 1, close);
      at += format.length() + 1;
      if (format.contains("{")) {
        throw new Rejected(position, "fields in the format of a field are not supported");
      }
    }
    if (at >= limit || text.charAt(at) != '}') {
      throw new Rejected(position, "this field of the f-string was never closed with \"}\"");
    }
    return new FieldReader(new Piece.Field(tokens, conversion, format, position), at + 1);
  }

  /** The offset of the {@code !}, {@code :} or closing brace that ends the expression. */
  private static int expressionEnd(Source source, int start, int limit) {
    String text = source.text();
    int depth = 0;
    for (int at = start; at < limit; at++) {
      char c = text.charAt(at);
      if (c == '"' || c == '\'') {
        at = StringLiteral.read(source, at, "", limit).end() - 1;
      } else if (c == '\\' || c == '#') {
        throw new Rejected(
            new Position(source, at), "\"" + c + "\" may not stand in a field of an f-string");
      } else if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (depth > 0) {
        depth -= ")]}".indexOf(c) >= 0 ? 1 : 0;
      } else if (c == '}' || c == ':' || (c == '!' && !text.startsWith("!=", at))) {
        return at;
      } else if (c == '=' && isDebug(text, at, limit)) {
        throw new Rejected(new Position(source, at), "\"=\" in an f-string is not supported");
      }
    }
    throw new Rejected(
        new Position(source, start), "this field of the f-string was never closed with \"}\"");
  }

  /** An equals sign that ends the expression, as in {@code {x=}}. */
  private static boolean isDebug(String text, int at, int limit) {
    int next = at + 1;
    while (next < limit && text.charAt(next) == ' ') {
      next++;
    }
    boolean compares = at > 0 && "=!<>".indexOf(text.charAt(at - 1)) >= 0;
    return !compares && next < limit && "}!:".indexOf(text.charAt(next)) >= 0;
  }
}
