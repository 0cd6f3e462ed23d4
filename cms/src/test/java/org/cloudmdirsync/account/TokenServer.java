package org.cloudmdirsync.account;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A token endpoint on loopback that rotates its refresh tokens at every use and detects reuse: once
 * the newest one was used, an older one revokes them all. What it does badly is a switch.
 */
final class TokenServer implements AutoCloseable {

  /** What the next requests meet. */
  enum Fault {
    NONE,
    DOWN,
    PORTAL,
    EMPTY,
    TRUNCATED,
    RESET,
    BUSY,
    RETRY_IN_SECONDS,
    RETRY_AT_DATE,
    OTHER_TYPE,
    INVALID_GRANT,
    INVALID_CLIENT,
    POLICY,
    LOOP,
    CONSENT,
    MFA
  }

  final List<Map<String, String>> requests = new ArrayList<>();
  final Map<String, Instant> issued = new HashMap<>();
  final Set<String> refusedScopes = new HashSet<>();

  volatile Fault fault = Fault.NONE;
  volatile Duration life = Duration.ofHours(1);
  volatile boolean givesRefreshTokens = true;
  volatile Optional<String> grantedScope = Optional.empty();
  volatile String signsInAs = "user@example.com";

  /** Runs after the server has rotated and before it answers. */
  interface Pause {
    void await() throws InterruptedException;
  }

  volatile Pause beforeAnswer = () -> {};
  volatile CountDownLatch gate = new CountDownLatch(0);
  volatile CountDownLatch arrived = new CountDownLatch(1);

  private final InstantSource truth;
  private final List<String> refreshTokens = new ArrayList<>();
  private int newestUsed = -1;
  private boolean revoked;
  private int accessTokens;
  private HttpServer server;

  TokenServer(InstantSource truth) throws IOException {
    this.truth = truth;
    this.server = listening(0);
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** A refresh token of somebody who signed in before. */
  synchronized String signIn() {
    revoked = false;
    return nextRefreshToken();
  }

  synchronized boolean accepts(String refreshToken) {
    return !revoked && refreshTokens.indexOf(refreshToken) >= newestUsed;
  }

  synchronized int count() {
    return requests.size();
  }

  synchronized boolean valid(String accessToken) {
    return truth.instant().isBefore(issued.getOrDefault(accessToken, Instant.MIN));
  }

  /** Nobody listens: connections are refused. */
  void down() {
    server.stop(0);
  }

  void up() throws IOException {
    server = listening(server.getAddress().getPort());
  }

  @Override
  public void close() {
    gate.countDown();
    server.stop(0);
  }

  private HttpServer listening(int port) throws IOException {
    HttpServer fresh =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    fresh.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    fresh.createContext("/token", this::handle);
    fresh.start();
    return fresh;
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, String> form = form(exchange);
    Fault now = fault;
    synchronized (this) {
      requests.add(form);
    }
    arrived.countDown();
    try {
      gate.await();
      answer(exchange, form, now);
    } catch (InterruptedException e) {
      exchange.close();
    }
  }

  private void answer(HttpExchange exchange, Map<String, String> form, Fault now)
      throws IOException, InterruptedException {
    switch (now) {
      case NONE, OTHER_TYPE -> grant(exchange, form);
      case DOWN -> throw new IllegalStateException("nobody listens");
      case PORTAL -> send(exchange, 200, "<html><title>Welcome to the hotel</title></html>");
      case EMPTY -> send(exchange, 200, "");
      case TRUNCATED -> truncated(exchange);
      case RESET -> exchange.close();
      case BUSY -> send(exchange, 503, "<html>Service Unavailable</html>");
      case RETRY_IN_SECONDS -> {
        exchange.getResponseHeaders().set("Retry-After", "120");
        send(exchange, 429, "{\"error\":\"temporarily_unavailable\"}");
      }
      case RETRY_AT_DATE -> {
        // The date of the real clock: it is read against the answer's own.
        exchange
            .getResponseHeaders()
            .set(
                "Retry-After",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    Instant.now().plusSeconds(120).atOffset(ZoneOffset.UTC)));
        send(exchange, 503, "");
      }
      case INVALID_GRANT -> refuse(exchange, "invalid_grant", "Token has been revoked.");
      case INVALID_CLIENT -> refuse(exchange, "invalid_client", "The OAuth client was not found.");
      case POLICY ->
          refuse(
              exchange,
              "invalid_grant",
              "AADSTS53003: Blocked by Conditional Access.\\r\\nTrace ID: %s\\r\\nTimestamp: %s"
                  .formatted(UUID.randomUUID(), truth.instant()),
              "[53003]");
      case LOOP -> refuse(exchange, "invalid_grant", "AADSTS50196: Loop detected.", "[50196]");
      case CONSENT -> refuse(exchange, "invalid_grant", "AADSTS65001: No consent.", "[65001]");
      case MFA ->
          send(
              exchange,
              400,
              "{\"error\":\"interaction_required\",\"error_description\":\"AADSTS50076: Use"
                  + " multi-factor authentication.\",\"error_codes\":[50076],"
                  + "\"claims\":\"{\\\"access_token\\\":{}}\"}");
    }
  }

  private void grant(HttpExchange exchange, Map<String, String> form)
      throws IOException, InterruptedException {
    Optional<String> answer = answer(form);
    beforeAnswer.await();
    if (answer.isPresent()) {
      send(exchange, 200, answer.get());
    } else {
      refuse(exchange, "invalid_grant", "Token has been expired or revoked.");
    }
  }

  private synchronized Optional<String> answer(Map<String, String> form) {
    boolean refresh = "refresh_token".equals(form.get("grant_type"));
    String scope = form.getOrDefault("scope", "");
    if ((refresh && !rotate(form.getOrDefault("refresh_token", "")))
        || Arrays.stream(scope.split(" ")).anyMatch(refusedScopes::contains)) {
      return Optional.empty();
    }
    String token = "access-token-" + ++accessTokens;
    issued.put(token, truth.instant().plus(life));
    return Optional.of(answer(token, scope, refresh));
  }

  private String answer(String token, String scope, boolean refresh) {
    StringBuilder json = new StringBuilder("{");
    json.append("\"token_type\":\"")
        .append(fault == Fault.OTHER_TYPE ? "mac" : "bearer")
        .append('"');
    json.append(",\"access_token\":\"").append(token).append('"');
    json.append(",\"expires_in\":").append(life.toSeconds());
    json.append(",\"scope\":\"").append(grantedScope.orElse(scope)).append('"');
    if (givesRefreshTokens) {
      json.append(",\"refresh_token\":\"").append(nextRefreshToken()).append('"');
    }
    if (!refresh) {
      json.append(",\"id_token\":\"").append(idToken()).append('"');
    }
    return json.append('}').toString();
  }

  private String idToken() {
    String claims =
        "{\"iss\":\"x\",\"sub\":\"1\",\"email\":\"%s\",\"preferred_username\":\"%s\"}"
            .formatted(signsInAs, signsInAs);
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
        + "."
        + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".";
  }

  /** Using a token that came before one already used is reuse: the whole family dies. */
  private boolean rotate(String used) {
    int index = refreshTokens.indexOf(used);
    if (revoked || index < 0) {
      return false;
    }
    if (givesRefreshTokens && index < newestUsed) {
      revoked = true;
      return false;
    }
    newestUsed = Math.max(newestUsed, index);
    return true;
  }

  private String nextRefreshToken() {
    refreshTokens.add("refresh-token-" + (refreshTokens.size() + 1));
    return refreshTokens.getLast();
  }

  private static void truncated(HttpExchange exchange) throws IOException {
    byte[] body = "{\"access_token\":\"half".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, 500);
    OutputStream out = exchange.getResponseBody();
    out.write(body);
    out.flush();
    exchange.close();
  }

  private static void refuse(HttpExchange exchange, String error, String words, String... codes)
      throws IOException {
    String more = codes.length == 0 ? "" : ",\"error_codes\":" + codes[0];
    send(
        exchange,
        400,
        "{\"error\":\"%s\",\"error_description\":\"%s\"%s}".formatted(error, words, more));
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private static Map<String, String> form(HttpExchange exchange) {
    try {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(body.split("&"))
          .map(pair -> pair.split("=", 2))
          .collect(Collectors.toMap(pair -> decode(pair[0]), pair -> decode(pair[1])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
