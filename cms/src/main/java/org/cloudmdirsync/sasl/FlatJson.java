package org.cloudmdirsync.sasl;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a JSON object (RFC 8259) whose values are strings, numbers or literals, all as text.
 *
 * <p>The error challenge is never more than that, and a JSON library would outweigh the whole
 * native client. Anything else, nested values included, is not read at all.
 */
final class FlatJson {
  private static final String DELIMITERS = ",}]{[:\"";

  /** Thrown and caught in here only: this text is not an object of that kind. */
  private static final class NotFlatJson extends Exception {
    private static final long serialVersionUID = 1;

    NotFlatJson() {
      super("", null, false, false);
    }
  }

  private final String text;
  private int at;

  private FlatJson(String text) {
    this.text = text;
  }

  /** The members in their order; of a repeated name the last counts. */
  static Optional<Map<String, String>> parse(String text) {
    try {
      return Optional.of(new FlatJson(text).object());
    } catch (NotFlatJson no) {
      return Optional.empty();
    }
  }

  private Map<String, String> object() throws NotFlatJson {
    Map<String, String> members = new LinkedHashMap<>();
    expect('{');
    if (!skip('}')) {
      do {
        String name = string();
        expect(':');
        members.put(name, peek() == '"' ? string() : bare());
      } while (skip(','));
      expect('}');
    }
    blanks();
    if (at < text.length()) {
      throw new NotFlatJson();
    }
    return members;
  }

  /** A number or literal: everything up to the next delimiter or blank. */
  private String bare() throws NotFlatJson {
    int start = at;
    while (at < text.length() && text.charAt(at) > ' ' && DELIMITERS.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (at == start) {
      throw new NotFlatJson();
    }
    return text.substring(start, at);
  }

  private String string() throws NotFlatJson {
    expect('"');
    StringBuilder value = new StringBuilder();
    for (char c = next(); c != '"'; c = next()) {
      value.append(c == '\\' ? escaped() : c);
    }
    return value.toString();
  }

  private char escaped() throws NotFlatJson {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> (char) (hex() << 12 | hex() << 8 | hex() << 4 | hex());
      default -> throw new NotFlatJson();
    };
  }

  private int hex() throws NotFlatJson {
    int digit = Character.digit(next(), 16);
    if (digit < 0) {
      throw new NotFlatJson();
    }
    return digit;
  }

  private void expect(char wanted) throws NotFlatJson {
    if (!skip(wanted)) {
      throw new NotFlatJson();
    }
  }

  private boolean skip(char wanted) throws NotFlatJson {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  /** The next character that is not blank. */
  private char peek() throws NotFlatJson {
    blanks();
    if (at == text.length()) {
      throw new NotFlatJson();
    }
    return text.charAt(at);
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char next() throws NotFlatJson {
    if (at == text.length()) {
      throw new NotFlatJson();
    }
    return text.charAt(at++);
  }
}
