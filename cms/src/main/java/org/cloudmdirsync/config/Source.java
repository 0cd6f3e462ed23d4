package org.cloudmdirsync.config;

import java.util.Arrays;

/** A configuration file's text: line ends are {@code \n}, a byte order mark is gone. */
final class Source {
  private final String name;
  private final String text;
  private final int[] lineStarts;

  Source(String name, String raw) {
    this.name = name;
    String body = raw.startsWith("\uFEFF") ? raw.substring(1) : raw;
    this.text = body.replace("\r\n", "\n").replace('\r', '\n');
    this.lineStarts = lineStarts(text);
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[(int) text.chars().filter(c -> c == '\n').count() + 1];
    int line = 1;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        starts[line++] = i + 1;
      }
    }
    return starts;
  }

  String name() {
    return name;
  }

  String text() {
    return text;
  }

  /** The 1-based line that holds the character at {@code offset}. */
  int lineAt(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The 1-based column, counted in characters as editors do. */
  int columnAt(int offset) {
    int start = lineStarts[lineAt(offset) - 1];
    return text.codePointCount(start, offset) + 1;
  }

  /** The text of a 1-based line, without its end. */
  String line(int line) {
    int end = line < lineStarts.length ? lineStarts[line] - 1 : text.length();
    return text.substring(lineStarts[line - 1], end);
  }
}
