package org.cloudmdirsync.http;

import java.nio.charset.StandardCharsets;

/**
 * The body of an answer, as text. It may hold a token, so it does not print itself.
 *
 * @param text UTF-8; bytes that are not become U+FFFD, a byte order mark is gone
 */
public record Body(String text) {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  static Body of(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return new Body(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
  }

  /** What it looks like, for a person who expected JSON. */
  public String kind() {
    String start = text.stripLeading();
    if (start.isEmpty()) {
      return "nothing";
    }
    return start.startsWith("<") ? "a web page" : "text that is not JSON";
  }

  @Override
  public String toString() {
    return "<" + text.length() + " characters>";
  }
}
