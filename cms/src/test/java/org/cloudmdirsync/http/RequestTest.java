package org.cloudmdirsync.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
  @Test
  void isTheseBytes() {
    Request request =
        Request.post(
            URI.create("https://login.example.com/token?a=b"), "c=d", Map.of("Origin", "http://x"));
    assertThat(text(request).split("\r\n"))
        .containsExactly(
            "POST /token?a=b HTTP/1.1",
            "Host: login.example.com",
            "Accept: application/json",
            "Connection: close",
            "Content-Length: 3",
            "Content-Type: application/x-www-form-urlencoded",
            "Origin: http://x",
            "User-Agent: cloud-mdir-sync",
            "",
            "c=d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://example.com           | GET / HTTP/1.1           | example.com
          https://example.com:8443/a%20b | GET /a%20b HTTP/1.1      | example.com:8443
          https://example.com/ü?ö=1#x   | GET /%C3%BC?%C3%B6=1 HTTP/1.1 | example.com
          https://joe:pw@example.com/   | GET / HTTP/1.1           | example.com
          http://[::1]:81/              | GET / HTTP/1.1           | [::1]:81
          """)
  void saysWhatIsAskedAndWhom(String uri, String line, String host) {
    assertThat(text(Request.get(URI.create(uri), Map.of())))
        .startsWith(line + "\r\nHost: " + host + "\r\n");
  }

  @Test
  void aCallersFieldReplacesTheUsual() {
    String text = text(Request.get(URI.create("https://example.com/"), Map.of("accept", "a/b")));
    assertThat(text).containsOnlyOnce("ccept: ").contains(": a/b\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX: y", "a\nb", "a\rb", "a\0b", "ü"})
  void mayHoldNoLineBreak(String value) {
    URI uri = URI.create("https://login.example.com/");
    for (Map<String, String> fields : java.util.List.of(Map.of("X", value), Map.of(value, "x"))) {
      assertThat(Request.get(uri, fields).objection().orElseThrow())
          .startsWith("not asked: ")
          .doesNotContain(value);
    }
    assertThat(Request.get(uri, Map.of("X", "y")).objection()).isEmpty();
  }

  @Test
  void doesNotPrintItsSecrets() {
    Request request =
        Request.post(
            URI.create("https://login.example.com/?code=hush"), "hush", Map.of("X", "hush"));
    assertThat(request.toString()).doesNotContain("hush");
  }

  private static String text(Request request) {
    return new String(request.bytes(), StandardCharsets.US_ASCII);
  }
}
