package org.cloudmdirsync.imap;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cloudmdirsync.dialogue.PythonText;
import org.cloudmdirsync.dialogue.Redaction;
import org.cloudmdirsync.dialogue.Wire;
import org.cloudmdirsync.secret.Secret;

/** Commands and responses on a wire, with a transcript in imaplib's style that holds no secret. */
final class ImapDialogue {
  /** Any four letters would do; imaplib draws them by lot. */
  private static final String TAG = "CMSA";

  private static final Pattern LITERAL = Pattern.compile("\\{(\\d{1,9})}$");

  private final Wire wire;
  private final Consumer<String> transcript;
  private Redaction redaction = Redaction.none();
  private int commands;
  private String tag = TAG;

  ImapDialogue(Wire wire, Consumer<String> transcript) {
    this.wire = wire;
    this.transcript = transcript;
    transcript.accept("new IMAP4 connection, tag=" + PythonText.bytes(TAG));
  }

  Wire wire() {
    return wire;
  }

  /** From now on these are taken out of whatever the server says. */
  void redact(Redaction secrets) {
    redaction = secrets;
  }

  /** A command's end and what was said on the way. */
  record Result(ImapResponse.Tagged end, List<String> untagged) {
    boolean isOk() {
      return end.status() == ImapResponse.Status.OK;
    }
  }

  /** Runs a command that needs nothing more from us. */
  Result command(String command) throws IOException {
    begin(command);
    List<String> untagged = new ArrayList<>();
    while (true) {
      switch (next()) {
        case ImapResponse.Tagged end -> {
          return new Result(end, untagged);
        }
        case ImapResponse.Untagged by -> untagged.add(by.text());
        case ImapResponse.Continuation _ ->
            throw new ProtocolException("the server wants more after " + command);
      }
      if (untagged.size() > ImapResponse.MAX_LINES) {
        throw new ProtocolException("the server does not come to an end after " + command);
      }
    }
  }

  /** Sends a command that asks for more. */
  void begin(String command) throws IOException {
    begin(command, command);
  }

  /** Sends a command whose end is secret. */
  void begin(String shown, Secret rest) throws IOException {
    begin(shown + rest.expose(), shown + "<redacted: " + rest.expose().length() + " characters>");
  }

  private void begin(String line, String shown) throws IOException {
    tag = TAG + commands++;
    transcript.accept("> " + PythonText.bytes(tag + " " + shown));
    wire.write(tag + " " + line + "\r\n");
  }

  /** Answers a continuation; imaplib, too, shows no more of it than its length. */
  void answer(String line) throws IOException {
    transcript.accept("write literal size " + line.length());
    wire.write(line + "\r\n");
  }

  /** The next continuation or tagged response. */
  ImapResponse nextTurn() throws IOException {
    for (int lines = 0; lines < ImapResponse.MAX_LINES; lines++) {
      ImapResponse response = next();
      if (!(response instanceof ImapResponse.Untagged)) {
        return response;
      }
    }
    throw new ProtocolException("the server does not come to an end");
  }

  /** The next response of any kind; a goodbye or a tag that is not ours ends the conversation. */
  ImapResponse next() throws IOException {
    ImapResponse response = ImapResponse.parse(line());
    if (response instanceof ImapResponse.Untagged(String text)
        && text.regionMatches(true, 0, "BYE", 0, 3)) {
      throw new IOException("the server closed the connection: " + text.substring(3).strip());
    }
    if (response instanceof ImapResponse.Tagged end && !end.tag().equalsIgnoreCase(tag)) {
      throw new ProtocolException("the server answers a command that was not given: " + end.tag());
    }
    return response;
  }

  private String line() throws IOException {
    StringBuilder whole = new StringBuilder();
    while (true) {
      String line = redaction.apply(withoutEnd(wire.readLine(ImapResponse.MAX_LINE)));
      transcript.accept("< " + PythonText.bytes(line));
      whole.append(line);
      Matcher literal = LITERAL.matcher(line);
      if (!literal.find()) {
        return whole.toString();
      }
      int length = Integer.parseInt(literal.group(1));
      if (length + whole.length() > ImapResponse.MAX_LINE) {
        throw new ProtocolException("the server sent a literal of " + length + " bytes");
      }
      transcript.accept("read literal size " + length);
      whole.append(wire.readBytes(length));
    }
  }

  private static String withoutEnd(String line) {
    return line.replaceFirst("\\r?\\n$", "");
  }

  /** Says goodbye, whatever comes of it, and not in the transcript. */
  void logout() {
    wire.goodbye(TAG + commands + " LOGOUT\r\n");
  }
}
