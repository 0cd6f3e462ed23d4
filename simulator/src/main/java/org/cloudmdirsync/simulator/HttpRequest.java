package org.cloudmdirsync.simulator;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One HTTP/1.1 request.
 *
 * @param base scheme and authority as the client sees them, without a path
 * @param headers names in lower case
 */
record HttpRequest(
    String method, String base, String path, Form query, Map<String, String> headers, String body) {
  private static final int BODY_LIMIT = 1 << 20;

  /** Reads one; EOFException when the client has no more. */
  static HttpRequest read(Wire wire) throws IOException {
    String[] first = wire.readLine().split(" ", 3);
    if (first.length < 3 || !first[1].startsWith("/")) {
      throw new IOException("not an HTTP request");
    }
    Map<String, String> headers = readHeaders(wire);
    String target = first[1];
    int mark = target.indexOf('?');
    String scheme = wire.encrypted() ? "https://" : "http://";
    try {
      return new HttpRequest(
          first[0],
          scheme + headers.getOrDefault("host", "localhost"),
          mark < 0 ? target : target.substring(0, mark),
          mark < 0 ? Form.EMPTY : Form.parse(target.substring(mark + 1)),
          headers,
          readBody(wire, headers));
    } catch (IllegalArgumentException e) {
      throw new IOException("not an HTTP request", e);
    }
  }

  private static Map<String, String> readHeaders(Wire wire) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = wire.readLine(); !line.isEmpty(); line = wire.readLine()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
      }
    }
    return headers;
  }

  private static String readBody(Wire wire, Map<String, String> headers) throws IOException {
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    if (length < 0 || length > BODY_LIMIT) {
      throw new IOException("a request body of " + length + " bytes");
    }
    if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
      wire.send("HTTP/1.1 100 Continue", "");
    }
    byte[] body = wire.in().readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the client closed the connection");
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The body as a form; IllegalArgumentException when it is none. */
  Form form() {
    return body.isEmpty() ? Form.EMPTY : Form.parse(body);
  }

  /** Query and form together: what an authorization endpoint accepts either way. */
  Form parameters() {
    Map<String, java.util.List<String>> all = new java.util.LinkedHashMap<>(query.values());
    all.putAll(form().values());
    return new Form(all);
  }

  boolean isPost() {
    return method.equals("POST");
  }
}
