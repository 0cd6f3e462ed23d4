package org.cloudmdirsync.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads one answer in HTTP/1.1 (RFC 9112) from a connection that serves one request only.
 *
 * <p>It takes what the RFC wants a lenient reader to take (a bare LF, a folded line), and is strict
 * about the one thing that matters, where an answer ends: half a token is none.
 */
final class AnswerReader {
  /**
   * In bytes, for all that is not the body: heads, chunk sizes, trailers. Providers send 2 KB of
   * it, mostly cookies and policies.
   */
  static final int MOST_OVERHEAD = 64 << 10;

  /** Seven hexadecimal digits are 256 MiB, and fit into an int. */
  private static final int LONGEST_CHUNK_SIZE = 7;

  private static final int LONGEST_LENGTH = 18;

  private final InputStream in;
  private int overhead;

  AnswerReader(InputStream in) {
    this.in = in;
  }

  /** The final answer's head; those of 1xx (RFC 9110 section 15.2) are passed over. */
  Head head() throws IOException {
    Head head = oneHead();
    while (head.interim()) {
      head = oneHead();
    }
    return head;
  }

  /**
   * The body after a head, complete. Where neither length nor chunks say so, it ends with the
   * connection, and TLS as the JDK speaks it does not tell a cut from an end: JSON does.
   *
   * @param limit in bytes
   */
  byte[] body(Head head, int limit) throws IOException {
    if (head.bodiless()) {
      return new byte[0];
    }
    List<String> codings = head.all("Transfer-Encoding");
    if (!codings.isEmpty()) {
      if (codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked")) {
        return chunks(limit);
      }
      // gzip and the like; we asked for none (RFC 9112 section 7).
      throw BadAnswer.malformed();
    }
    List<String> lengths = head.all("Content-Length");
    return lengths.isEmpty() ? untilClose(limit) : exactly(length(lengths), limit);
  }

  private Head oneHead() throws IOException {
    int status = status(line());
    Map<String, List<String>> fields = new HashMap<>();
    String line = line();
    while (!line.isEmpty()) {
      String next = line();
      while (next.startsWith(" ") || next.startsWith("\t")) {
        // RFC 9112 section 5.2: an old way to break a long value.
        line = line + " " + next.strip();
        next = line();
      }
      addField(line, fields);
      line = next;
    }
    return new Head(status, fields);
  }

  /** RFC 9112 section 4: {@code HTTP/1.1 200 OK}. */
  private static int status(String line) throws BadAnswer {
    if (!line.startsWith("HTTP/1.") || line.length() < 12 || line.charAt(8) != ' ') {
      throw BadAnswer.malformed();
    }
    boolean ended = line.length() == 12 || line.charAt(12) == ' ';
    int status = isDigits(line.substring(9, 12)) ? Integer.parseInt(line.substring(9, 12)) : 0;
    // 101 would go on in another protocol, and nobody asked for one.
    if (!ended || status < 100 || status == 101) {
      throw BadAnswer.malformed();
    }
    return status;
  }

  /** RFC 9112 section 5.1: no blank is in a name or after it. */
  private static void addField(String line, Map<String, List<String>> fields) throws BadAnswer {
    int colon = line.indexOf(':');
    if (colon < 1) {
      throw BadAnswer.malformed();
    }
    for (int at = 0; at < colon; at++) {
      if (line.charAt(at) <= ' ') {
        throw BadAnswer.malformed();
      }
    }
    fields
        .computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
        .add(line.substring(colon + 1).strip());
  }

  /** RFC 9112 section 6.3: a length said twice may be the same twice. */
  private static long length(List<String> values) throws BadAnswer {
    String[] all = String.join(",", values).split(",", -1);
    String first = all[0].strip();
    for (String each : all) {
      if (!each.strip().equals(first)) {
        throw BadAnswer.malformed();
      }
    }
    if (!isDigits(first) || first.length() > LONGEST_LENGTH) {
      throw BadAnswer.malformed();
    }
    return Long.parseLong(first);
  }

  private byte[] exactly(long length, int limit) throws IOException {
    if (length > limit) {
      throw BadAnswer.tooLarge(limit);
    }
    byte[] body = in.readNBytes((int) length);
    if (body.length < length) {
      throw BadAnswer.brokenOff();
    }
    return body;
  }

  private byte[] untilClose(int limit) throws IOException {
    byte[] body = in.readNBytes(limit + 1);
    if (body.length > limit) {
      throw BadAnswer.tooLarge(limit);
    }
    return body;
  }

  /** RFC 9112 section 7.1. */
  private byte[] chunks(int limit) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(line()); size > 0; size = chunkSize(line())) {
      if (size > limit - body.size()) {
        throw BadAnswer.tooLarge(limit);
      }
      body.writeBytes(exactly(size, limit));
      if (!line().isEmpty()) {
        throw BadAnswer.malformed();
      }
    }
    String trailer = line();
    while (!trailer.isEmpty()) {
      trailer = line();
    }
    return body.toByteArray();
  }

  /** Hexadecimal; what an extension after a semicolon says is nothing to us. */
  private static int chunkSize(String line) throws BadAnswer {
    int semicolon = line.indexOf(';');
    String digits = (semicolon < 0 ? line : line.substring(0, semicolon)).strip();
    if (digits.isEmpty() || digits.length() > LONGEST_CHUNK_SIZE) {
      throw BadAnswer.malformed();
    }
    int size = 0;
    for (int at = 0; at < digits.length(); at++) {
      int digit = hexadecimal(digits.charAt(at));
      if (digit < 0) {
        throw BadAnswer.malformed();
      }
      size = size * 16 + digit;
    }
    return size;
  }

  /** Without its CRLF; a bare LF ends one too (RFC 9112 section 2.2). */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = next(); next != '\n'; next = next()) {
      line.append((char) next);
    }
    int end = line.length() - 1;
    if (end >= 0 && line.charAt(end) == '\r') {
      line.setLength(end);
    }
    if (line.indexOf("\r") >= 0 || line.indexOf("\0") >= 0) {
      throw BadAnswer.malformed();
    }
    return line.toString();
  }

  private int next() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw overhead == 0 ? BadAnswer.none() : BadAnswer.brokenOff();
    }
    if (++overhead > MOST_OVERHEAD) {
      throw BadAnswer.tooLarge(MOST_OVERHEAD);
    }
    return next;
  }

  /** ASCII's alone: Java's own test takes those of any script. */
  private static boolean isDigits(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) < '0' || text.charAt(at) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static int hexadecimal(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
