package org.cloudmdirsync.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is asked, and its bytes (RFC 9112 section 3). It may hold secrets, so it does not print
 * itself.
 *
 * @param uri http or https, with a host
 * @param fields by name, in any case; without Host
 * @param body ASCII; empty with GET
 */
record Request(String method, URI uri, Map<String, String> fields, String body) {
  static Request get(URI uri, Map<String, String> fields) {
    return new Request("GET", uri, usual(fields), "");
  }

  /** Posts a form, {@code application/x-www-form-urlencoded} and so ASCII. */
  static Request post(URI uri, String form, Map<String, String> fields) {
    Map<String, String> all = usual(fields);
    all.put("Content-Type", "application/x-www-form-urlencoded");
    all.put("Content-Length", String.valueOf(form.length()));
    return new Request("POST", uri, all, form);
  }

  /** Why it cannot be written as HTTP: a line break in a field would begin another one. */
  Optional<String> objection() {
    for (Map.Entry<String, String> field : fields.entrySet()) {
      if (!isPrintable(field.getKey()) || !isPrintable(field.getValue())) {
        return Optional.of(
            "not asked: a field of the request to "
                + uri.getHost()
                + " holds a character that HTTP forbids");
      }
    }
    return Optional.empty();
  }

  /** In one piece, so that it leaves in as few packets as it fits into. */
  byte[] bytes() {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(authority()).append("\r\n");
    for (Map.Entry<String, String> field : fields.entrySet()) {
      head.append(field.getKey()).append(": ").append(field.getValue()).append("\r\n");
    }
    return head.append("\r\n").append(body).toString().getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return method + " " + uri.getHost();
  }

  private static Map<String, String> usual(Map<String, String> fields) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.put("Accept", "application/json");
    all.put("User-Agent", "cloud-mdir-sync");
    all.putAll(fields);
    // Hours pass until the same server is asked again; none keeps a connection for so long.
    all.put("Connection", "close");
    return all;
  }

  /** RFC 9112 section 3.2.1; a URI may hold letters of other scripts, a request may not. */
  private String target() {
    URI ascii = URI.create(uri.toASCIIString());
    String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
    return ascii.getRawQuery() == null ? path : path + "?" + ascii.getRawQuery();
  }

  private String authority() {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  private static boolean isPrintable(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) < ' ' || text.charAt(at) > '~') {
        return false;
      }
    }
    return true;
  }
}
