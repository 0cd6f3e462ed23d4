package org.cloudmdirsync.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.cloudmdirsync.http.Body;
import org.cloudmdirsync.http.HttpResult.Answer;
import org.cloudmdirsync.oauth.TokenResponse.Granted;
import org.cloudmdirsync.oauth.TokenResponse.Refused;
import org.cloudmdirsync.oauth.TokenResponse.Unavailable;
import org.cloudmdirsync.oauth.TokenResponse.Unusable;
import org.cloudmdirsync.secret.Secret;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What others send us, damaged at random from a fixed seed: nothing may throw, leak or break out.
 */
class HostileInputTest {
  private static final int ROUNDS = 20_000;
  private static final String SECRET = "the-refresh-token";
  private static final int[] STATUSES = {200, 302, 400, 401, 403, 429, 500};

  private static final List<String> SPITE =
      List.of(
          SECRET,
          "\\u0001",
          "\\r\\n",
          "%00",
          "%",
          "&state=st-1",
          "&code=x",
          "null",
          "-1",
          "1e999",
          "\"",
          "\\ud800",
          "[",
          "{",
          "AADSTS70008",
          "%0d%0a",
          "access_token",
          "error");

  private static final List<String> CALLBACKS =
      List.of(
          "/oauth2/msal?code=4%2F0Ax&state=st-1&iss=https%3A%2F%2Faccounts.google.com",
          "http://127.0.0.1:8080/oauth2/msal?error=access_denied&error_description=a+b&state=st-1");

  private static final AuthorizationRequest REQUEST =
      new AuthorizationRequest(
          URI.create("https://login.example.com/"),
          "st-1",
          Secret.of("verifier"),
          Registrations.REDIRECT,
          Optional.of("https://accounts.google.com"),
          false);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aTokenReplyMayHoldAnything(long seed) throws Exception {
    Random random = new Random(seed);
    List<String> bodies = bodies();
    for (int round = 0; round < ROUNDS; round++) {
      String body = damaged(bodies.get(random.nextInt(bodies.size())), random);
      checkReply(STATUSES[random.nextInt(STATUSES.length)], body);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aDeviceReplyMayHoldAnything(long seed) {
    Random random = new Random(seed);
    String body =
        """
        {"device_code":"d","user_code":"ABCD-EFGH","verification_uri":"https://example.com/d",
         "verification_uri_complete":"https://example.com/d?c=A","expires_in":900,"interval":5}\
        """;
    for (int round = 0; round < ROUNDS; round++) {
      checkDevice(STATUSES[random.nextInt(STATUSES.length)], damaged(body, random));
    }
  }

  /** What is shown to a person is harmless, and nobody is polled in a hurry. */
  private static void checkDevice(int status, String body) {
    Answer answer =
        new Answer(status, "application/json", new Body(body), Optional.empty(), Optional.empty());
    Wording wording = new Wording(List.of(Secret.of(SECRET)));
    switch (new DeviceReply("localhost", wording).read(answer, Optional.empty())) {
      case DeviceResponse.Issued(DeviceAuthorization issued) -> {
        assertThat(issued.userCode()).as(body).matches("[ -~]{1,64}");
        assertThat(issued.verificationUri().getScheme()).as(body).isIn("https", "http");
        assertThat(issued.interval()).as(body).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(issued.life()).as(body).isPositive();
      }
      case DeviceResponse.Refused refused ->
          assertThat(refused.description()).as(body).doesNotContainPattern("\\p{Cntrl}|" + SECRET);
      case DeviceResponse.Unavailable unavailable ->
          assertThat(unavailable.reason()).as(body).doesNotContainPattern("\\p{Cntrl}|" + SECRET);
    }
  }

  /** What is true of every answer, whatever a server sends. */
  static void checkReply(int status, String body) {
    Answer answer =
        new Answer(status, "application/json", new Body(body), Optional.empty(), Optional.empty());
    check(
        new TokenReply("localhost", new Wording(List.of(Secret.of(SECRET))), "refresh_token")
            .read(answer),
        body);
  }

  private static void check(TokenResponse response, String body) {
    switch (response) {
      case Granted granted -> {
        assertThat(granted.accessToken().expose()).as(body).matches("[!-~]+");
        assertThat(granted.life()).as(body).isBetween(Duration.ofSeconds(1), Duration.ofDays(7));
      }
      case Refused refused -> {
        assertThat(refused.description()).as(body).doesNotContainPattern("\\p{Cntrl}|" + SECRET);
        assertThat(refused.error()).as(body).doesNotContainPattern("\\p{Cntrl}|" + SECRET);
      }
      case Unavailable unavailable ->
          assertThat(unavailable.reason()).as(body).doesNotContainPattern("\\p{Cntrl}|" + SECRET);
      case Unusable unusable ->
          assertThat(unusable.reason()).as(body).doesNotContainPattern("\\p{Cntrl}|" + SECRET);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aCallbackMayBeAnything(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      checkCallback(damaged(CALLBACKS.get(random.nextInt(CALLBACKS.size())), random));
    }
  }

  /** What is true of every callback, whatever the browser brings. */
  static void checkCallback(String text) {
    Optional<URI> callback = uri(text);
    if (callback.isPresent()
        && AuthorizationResponse.parse(REQUEST, callback.get())
            instanceof AuthorizationResponse.Code) {
      assertThat(AuthorizationResponse.state(callback.get())).as(text).contains("st-1");
      assertThat(text).contains("/oauth2/msal?");
    }
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static List<String> bodies() throws IOException {
    List<String> bodies = new ArrayList<>();
    for (Path file : TokenReplyTest.replies()) {
      String[] message = Files.readString(file).split("\n-----\n", 2)[0].split("\n\n", 2);
      bodies.add(message.length == 2 ? message[1] : "");
    }
    return bodies;
  }

  /** One to four bytes or stretches changed, dropped, doubled or replaced by something spiteful. */
  private static String damaged(String text, Random random) {
    StringBuilder damaged = new StringBuilder(text);
    for (int times = 1 + random.nextInt(4); times > 0 && !damaged.isEmpty(); times--) {
      int at = random.nextInt(damaged.length());
      int end = Math.min(damaged.length(), at + random.nextInt(12));
      switch (random.nextInt(5)) {
        case 0 -> damaged.setCharAt(at, (char) random.nextInt(256));
        case 1 -> damaged.delete(at, end);
        case 2 -> damaged.insert(at, damaged.substring(at, end));
        case 3 -> damaged.insert(at, SPITE.get(random.nextInt(SPITE.size())));
        default -> damaged.setLength(at);
      }
    }
    return new String(damaged.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
