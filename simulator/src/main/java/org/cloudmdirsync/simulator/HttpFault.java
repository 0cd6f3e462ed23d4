package org.cloudmdirsync.simulator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;

/** A bad day of an HTTP endpoint. */
public sealed interface HttpFault {

  /** This answer instead of the true one. */
  record Answer(int status, Map<String, String> headers, String body) implements HttpFault {}

  /**
   * An OAuth error (RFC 6749 section 5.2).
   *
   * @param members beside {@code error}: error_description, suberror, claims, error_codes…
   */
  record OAuthError(int status, String error, Map<String, Object> members) implements HttpFault {}

  /** Microsoft's error of this number, as docs/simulator.md lists them. */
  record Aadsts(int number) implements HttpFault {}

  /** The true answer's JSON with members set and others left out. */
  record Edited(Map<String, Object> set, Set<String> without) implements HttpFault {}

  /** The true answer, followed by so much white space that the body has this size. */
  record Huge(int bytes) implements HttpFault {}

  /** The true answer, one byte at a time. */
  record Drip(int millisPerByte) implements HttpFault {}

  /** The true answer's head and half its body, then the end of the connection. */
  record CutShort() implements HttpFault {}

  /** No answer until the client gives up. */
  record Hang() implements HttpFault {}

  /** "Connection reset by peer". */
  record Reset() implements HttpFault {}

  /** An OAuth error with its description. */
  static HttpFault oauthError(String error, String description) {
    return new OAuthError(400, error, Map.of("error_description", description));
  }

  /** A refusal by rate: 429 with {@code Retry-After} in seconds. */
  static HttpFault tooManyRequests(int retryAfterSeconds) {
    return new Answer(429, Map.of("Retry-After", Integer.toString(retryAfterSeconds)), "");
  }

  /** The same, but the header holds a date (RFC 9110 section 10.2.3). */
  static HttpFault tooManyRequests(Instant retryAfter) {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(retryAfter.atOffset(ZoneOffset.UTC));
    return new Answer(429, Map.of("Retry-After", date), "");
  }

  /** 503 without a word. */
  static HttpFault unavailable() {
    return new Answer(503, Map.of(), "");
  }

  /** 500 with a web page. */
  static HttpFault serverErrorPage() {
    return html(500, "<html><body><h1>Something went wrong</h1></body></html>");
  }

  /** A hotel's log-in page: 200, HTML. */
  static HttpFault captivePortal() {
    return html(200, "<html><body>Welcome! Please accept our terms to go online.</body></html>");
  }

  /** 200 and nothing else. */
  static HttpFault emptyBody() {
    return new Answer(200, Map.of("Content-Type", "application/json"), "");
  }

  /** 200 and half an object, with a matching length. */
  static HttpFault truncatedJson() {
    return json("{\"token_type\":\"Bearer\",\"access_tok");
  }

  /** 200 and something that only looks like JSON. */
  static HttpFault invalidJson() {
    return json("{token_type: Bearer, access_token: }");
  }

  /** The true answer with one member changed. */
  static HttpFault with(String member, Object value) {
    return new Edited(Map.of(member, value), Set.of());
  }

  /** The true answer with members left out. */
  static HttpFault without(String... members) {
    return new Edited(Map.of(), Set.of(members));
  }

  private static HttpFault html(int status, String body) {
    return new Answer(status, Map.of("Content-Type", "text/html; charset=utf-8"), body);
  }

  private static HttpFault json(String body) {
    return new Answer(200, Map.of("Content-Type", "application/json"), body);
  }
}
