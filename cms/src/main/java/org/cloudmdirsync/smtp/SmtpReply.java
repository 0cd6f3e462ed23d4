package org.cloudmdirsync.smtp;

import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's reply (RFC 5321 section 4.2).
 *
 * @param code three digits, 200 to 599
 * @param lines their text without the code; at least one, perhaps empty
 */
record SmtpReply(int code, List<String> lines) {
  /** RFC 5321 section 4.5.3.1.5 says 512; servers that quote long lines go beyond it. */
  static final int MAX_LINE = 8192;

  /** An EHLO reply has about fifteen lines. */
  static final int MAX_LINES = 256;

  /** RFC 3463 section 2: class, subject and detail. */
  private static final Pattern ENHANCED = Pattern.compile("^([245]\\.\\d{1,3}\\.\\d{1,3})(?: |$)");

  SmtpReply {
    lines = List.copyOf(lines);
  }

  /** Collects lines until the reply is whole. */
  static final class Parser {
    private final List<String> lines = new ArrayList<>();
    private int code;

    /**
     * Takes the next line, with or without its line end.
     *
     * @return the reply, when this line was its last
     * @throws ProtocolException when this is no reply
     */
    Optional<SmtpReply> add(String line) throws ProtocolException {
      String text = line.stripTrailing();
      int lineCode = code(text);
      if (!lines.isEmpty() && lineCode != code) {
        throw new ProtocolException("the server mixed codes in one reply: " + shown(text));
      }
      if (lines.size() == MAX_LINES) {
        throw new ProtocolException("the server's reply has more than " + MAX_LINES + " lines");
      }
      code = lineCode;
      lines.add(text.length() < 4 ? "" : text.substring(4).strip());
      return text.startsWith("-", 3) ? Optional.empty() : Optional.of(new SmtpReply(code, lines));
    }

    private static int code(String line) throws ProtocolException {
      boolean reply =
          line.length() >= 3
              && line.charAt(0) >= '2'
              && line.charAt(0) <= '5'
              && isDigit(line.charAt(1))
              && isDigit(line.charAt(2))
              // "250" alone and "250 " are both seen in the field.
              && (line.length() == 3 || line.charAt(3) == ' ' || line.charAt(3) == '-');
      if (!reply) {
        throw new ProtocolException("this is not an SMTP reply: " + shown(line));
      }
      return Integer.parseInt(line.substring(0, 3));
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }

    private static String shown(String line) {
      return printable(line.length() > 80 ? line.substring(0, 80) + "…" : line);
    }
  }

  /** 2yz: done. */
  boolean isPositive() {
    return code < 300;
  }

  /** 4yz: ask later. */
  boolean isTransient() {
    return code >= 400 && code < 500;
  }

  /** 5yz: do not ask again. */
  boolean isPermanent() {
    return code >= 500;
  }

  /** The enhanced status code of the first line (RFC 2034), such as {@code 5.7.139}. */
  Optional<String> enhanced() {
    Matcher matcher = ENHANCED.matcher(lines.getFirst());
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Code and text on one line; an enhanced code repeated on each line is said once. */
  String said() {
    StringBuilder said = new StringBuilder().append(code).append(' ').append(lines.getFirst());
    String repeated = enhanced().orElse("") + " ";
    for (String line : lines.subList(1, lines.size())) {
      String text = line.startsWith(repeated) ? line.substring(repeated.length()) : line;
      said.append(' ').append(text.strip());
    }
    return printable(said.toString().strip());
  }

  /** Without what could move a terminal's cursor. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
