package org.cloudmdirsync.dialogue;

/**
 * Strings as Python prints them: the transcripts look like smtplib's and imaplib's, which people
 * and their scripts know from the original tool.
 */
public final class PythonText {
  private PythonText() {}

  /** {@code repr(bytes)}; the string holds one byte in each character (ISO 8859-1). */
  public static String bytes(String bytes) {
    return "b" + text(bytes);
  }

  /** {@code repr(str)} of a string of which nothing but ASCII is shown as it is. */
  public static String text(String text) {
    char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
    StringBuilder shown = new StringBuilder(text.length() + 2).append(quote);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        shown.append('\\');
      }
      shown.append(escaped(c));
    }
    return shown.append(quote).toString();
  }

  private static String escaped(char c) {
    return switch (c) {
      case '\\' -> "\\\\";
      case '\t' -> "\\t";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      default -> c >= ' ' && c < 0x7f ? String.valueOf(c) : String.format("\\x%02x", (int) c);
    };
  }
}
