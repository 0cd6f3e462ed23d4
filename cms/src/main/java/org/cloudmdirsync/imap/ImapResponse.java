package org.cloudmdirsync.imap;

import java.net.ProtocolException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One response of a server (RFC 3501 section 7). */
sealed interface ImapResponse {
  /** A literal in a line we do not care about is no reason to stop; a bigger one is. */
  int MAX_LINE = 64 * 1024;

  /** More responses to one command than SELECT can have. */
  int MAX_LINES = 1000;

  Pattern TAGGED =
      Pattern.compile("([A-Za-z0-9]+) (OK|NO|BAD)(?: (.*))?", Pattern.CASE_INSENSITIVE);

  /** {@code + text}: go on. */
  record Continuation(String text) implements ImapResponse {}

  /** {@code * text}: by the way. */
  record Untagged(String text) implements ImapResponse {}

  /** {@code tag OK text}: done. */
  record Tagged(String tag, Status status, String text) implements ImapResponse {
    /** On one line, without what could move a terminal's cursor. */
    String said() {
      return (status + " " + text).replaceAll("\\p{Cntrl}", "?").strip();
    }
  }

  /** How a command ended. */
  enum Status {
    OK,
    NO,
    BAD
  }

  /** Reads a line without its line end. */
  static ImapResponse parse(String line) throws ProtocolException {
    if (line.startsWith("+")) {
      return new Continuation(line.substring(1).strip());
    }
    if (line.startsWith("* ")) {
      return new Untagged(line.substring(2));
    }
    Matcher tagged = TAGGED.matcher(line);
    if (tagged.matches()) {
      String text = tagged.group(3);
      return new Tagged(
          tagged.group(1),
          Status.valueOf(tagged.group(2).toUpperCase(java.util.Locale.ROOT)),
          text == null ? "" : text);
    }
    String shown = line.length() > 80 ? line.substring(0, 80) + "…" : line;
    throw new ProtocolException(
        "this is not an IMAP response: " + shown.replaceAll("\\p{Cntrl}", "?"));
  }
}
