package org.cloudmdirsync.config;

/** Python's backslash escapes. */
final class Escapes {
  private static final String SIMPLE = "\n\\'\"abfnrtv";
  private static final String MEANING = "\0\\'\"\u0007\b\f\n\r\t\u000B";

  private final Source source;
  private final String text;
  private final int end;
  private final StringBuilder resolved = new StringBuilder();
  private int at;

  private Escapes(Source source, int start, int end) {
    this.source = source;
    this.text = source.text();
    this.at = start;
    this.end = end;
  }

  /** The meaning of the text between two offsets; a raw string means itself. */
  static String resolve(Source source, int start, int end, boolean raw) {
    return raw ? source.text().substring(start, end) : new Escapes(source, start, end).resolve();
  }

  private String resolve() {
    while (at < end) {
      char c = text.charAt(at++);
      if (c == '\\' && at < end) {
        escape(text.charAt(at++));
      } else {
        resolved.append(c);
      }
    }
    return resolved.toString();
  }

  private void escape(char c) {
    int simple = SIMPLE.indexOf(c);
    if (c == '\n') {
      return; // A backslash at the end of a line: the string goes on without it.
    } else if (simple > 0) {
      resolved.append(MEANING.charAt(simple));
    } else if (c >= '0' && c <= '7') {
      octal();
    } else if (c == 'x' || c == 'u' || c == 'U') {
      hexadecimal(c == 'x' ? 2 : c == 'u' ? 4 : 8);
    } else if (c == 'N') {
      throw rejected("characters by name (\\N) are not supported; write the character itself");
    } else {
      resolved.append('\\').append(c); // Python keeps an unknown escape as it stands.
    }
  }

  private void octal() {
    int start = at - 1;
    while (at < end && at < start + 3 && text.charAt(at) >= '0' && text.charAt(at) <= '7') {
      at++;
    }
    resolved.append((char) Integer.parseInt(text, start, at, 8));
  }

  private void hexadecimal(int digits) {
    int stop = at + digits;
    boolean complete = stop <= end;
    for (int i = at; complete && i < stop; i++) {
      complete = Character.digit(text.charAt(i), 16) >= 0 && text.charAt(i) < 128;
    }
    if (!complete) {
      throw rejected("this escape needs " + digits + " hexadecimal digits");
    }
    long value = Long.parseLong(text, at, stop, 16);
    if (value > Character.MAX_CODE_POINT || (value >= 0xD800 && value <= 0xDFFF)) {
      throw rejected("there is no such character");
    }
    resolved.appendCodePoint((int) value);
    at = stop;
  }

  private Rejected rejected(String message) {
    return new Rejected(new Position(source, at - 2), message);
  }
}
