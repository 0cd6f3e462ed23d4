package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cloudmdirsync.simulator.HttpFault;
import org.cloudmdirsync.simulator.Service;
import org.cloudmdirsync.simulator.Simulator;
import org.cloudmdirsync.simulator.Switch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bad days of a provider, met by the whole daemon: what is still valid is served throughout, nobody
 * is asked to sign in, and all is well again by itself.
 */
@Execution(ExecutionMode.CONCURRENT)
class BadDayIT {
  /** A refresh after five seconds, and five more in which the old token is good. */
  private static final int TOKEN_LIFE = 10;

  /** Ours ends nine tenths into a short life; and this machine may be slow. */
  private static final Duration MARGIN = Duration.ofSeconds(3);

  /** The longest bad day is a provider that hangs: it is given 30 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  /** A bad day lasts five seconds, and no server is asked twice within one. */
  private static final int MOST_REQUESTS = 6;

  private static final String REFRESHES = "token.refresh_token";

  @TempDir Path directory;

  /** Everything but a token; the provider by the book has not used the refresh token up then. */
  static Stream<Arguments> noToken() {
    return Stream.of(
        argumentSet("captive portal", HttpFault.captivePortal()),
        argumentSet("503", HttpFault.unavailable()),
        argumentSet("500 with a page", HttpFault.serverErrorPage()),
        argumentSet("429, Retry-After", HttpFault.tooManyRequests(2)),
        argumentSet("408", new HttpFault.Answer(408, Map.of(), "")),
        argumentSet("400 without a word", new HttpFault.Answer(400, Map.of(), "")),
        argumentSet("redirect", new HttpFault.Answer(302, Map.of("Location", "/login"), "")),
        argumentSet("empty", HttpFault.emptyBody()),
        argumentSet("truncated JSON", HttpFault.truncatedJson()),
        argumentSet("invalid JSON", HttpFault.invalidJson()),
        argumentSet(
            "temporarily_unavailable", HttpFault.oauthError("temporarily_unavailable", "later")),
        argumentSet("reset", new HttpFault.Reset()),
        argumentSet("hang", new HttpFault.Hang()));
  }

  @ParameterizedTest
  @MethodSource("noToken")
  void servesWhatIsValidAndRecovers(HttpFault fault) throws Exception {
    try (Scene scene = signedIn(Broker.generic(Scene.USER))) {
      servesWhatIsValidAndRecovers(scene, fault);
      assertThat(scene.cloud.counters().get("reuses")).isZero();
    }
  }

  /** The token was granted, but it does not arrive whole. */
  static Stream<Arguments> brokenToken() {
    return Stream.of(
        argumentSet("cut short", new HttpFault.CutShort()),
        argumentSet("huge", new HttpFault.Huge(5_000_000)));
  }

  @ParameterizedTest
  @MethodSource("brokenToken")
  void survivesAnAnswerThatGetsLost(HttpFault fault) throws Exception {
    try (Scene scene = signedIn(Broker.microsoft(Scene.USER))) {
      servesWhatIsValidAndRecovers(scene, fault);
    }
  }

  private static void servesWhatIsValidAndRecovers(Scene scene, HttpFault fault) throws Exception {
    Simulator cloud = scene.cloud;
    String valid = scene.broker.token(Scene.USER);
    int requests = cloud.counters().get(REFRESHES);
    cloud.httpFaults().always("token", fault);
    assertThat(cloud.counters().await(REFRESHES, requests + 1, PATIENCE)).isTrue();
    serves(scene, valid);
    assertThat(cloud.counters().get(REFRESHES) - requests).isLessThanOrEqualTo(MOST_REQUESTS);
    cloud.httpFaults().clear();
    recovers(scene, valid);
  }

  @Test
  void survivesALineThatIsCut() throws Exception {
    Scene scene = Scene.set(directory, "");
    try (scene;
        Line line = Line.to(scene.cloud.port(Service.HTTPS))) {
      Files.writeString(
          scene.broker.configuration(),
          scene.broker.filledIn(
              Broker.generic(Scene.USER).replace("{cloud}", "https://localhost:" + line.port())));
      signIn(scene);
      String valid = scene.broker.token(Scene.USER);
      line.cut();
      scene.broker.awaitLog("trying again by itself");
      serves(scene, valid);
      line.mend();
      recovers(scene, valid);
    }
  }

  /** Against the book, yet tokens. */
  @SuppressWarnings("unused") // read by name
  private static final List<Arguments> oddToken =
      List.of(
          argumentSet("expires_in as text", HttpFault.with("expires_in", "10")),
          argumentSet("no expires_in", HttpFault.without("expires_in")),
          argumentSet("lower-case bearer", HttpFault.with("token_type", "bearer")),
          argumentSet("no scope", HttpFault.without("scope")),
          argumentSet("no refresh token", HttpFault.without("refresh_token")));

  @ParameterizedTest
  @FieldSource("oddToken")
  void takesAnOddAnswerForWhatItIs(HttpFault fault) throws Exception {
    try (Scene scene = signedIn(Broker.microsoft(Scene.USER))) {
      String before = scene.broker.token(Scene.USER);
      int requests = scene.cloud.counters().get(REFRESHES);
      scene.cloud.httpFaults().next(REFRESHES, fault);
      recovers(scene, before);
      assertThat(scene.cloud.counters().get(REFRESHES)).as("at once").isEqualTo(requests + 1);
      Run run = scene.broker.client("--user=" + Scene.USER);
      assertThat(run.out()).contains("\u0001auth=Bearer ");
    }
  }

  @Test
  void doesNotBelieveASingleRefusalAfterARotation() throws Exception {
    try (Scene scene = signedIn(Broker.microsoft(Scene.USER))) {
      String first = scene.broker.token(Scene.USER);
      recovers(scene, first);
      String second = scene.broker.token(Scene.USER);
      scene.cloud.httpFaults().next(REFRESHES, HttpFault.oauthError("invalid_grant", "a slip"));
      recovers(scene, second);
    }
  }

  @Test
  void saysTryAgainOnceTheTokenHasEnded() throws Exception {
    try (Scene scene = signedIn(Broker.generic(Scene.USER))) {
      scene.cloud.httpFaults().always("token", HttpFault.unavailable());
      Eventually.holds("the token ends", PATIENCE, () -> served(scene).isEmpty());
      Run run = scene.broker.client("--user=" + Scene.USER, "--output=token");
      assertThat(run.status()).as(run.said()).isEqualTo(75);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("503").hasLineCount(1);
      scene.cloud.httpFaults().clear();
      recovers(scene, "");
    }
  }

  @Test
  void asksForASignInWhenTheRefreshTokenIsRevokedAndKeepsIt() throws Exception {
    try (Scene scene = signedIn(Broker.generic(Scene.USER))) {
      String valid = scene.broker.token(Scene.USER);
      scene.cloud.revokeRefreshTokens(Scene.USER);
      scene.broker.awaitLog("sign-in needed");
      serves(scene, valid);
      Eventually.holds("the token ends", PATIENCE, () -> served(scene).isEmpty());
      Run run = scene.broker.client("--user=" + Scene.USER, "--output=token");
      assertThat(run.status()).as(run.said()).isEqualTo(77);
      assertThat(run.err()).contains(scene.broker.webUrl().toString()).hasLineCount(1);
      assertThat(scene.broker.state().resolve("quarantine")).isDirectoryContaining("glob:**");
      scene.broker.signIn(Scene.USER);
      assertThat(scene.broker.token(Scene.USER)).isNotBlank();
      assertThat(scene.broker.state().resolve("quarantine")).isDirectoryContaining("glob:**");
    }
  }

  /** As the manual says: stop, move the file back, start. */
  @Test
  void goesOnWithARefreshTokenThatWasMovedBack() throws Exception {
    try (Scene scene = signedIn(Broker.generic(Scene.USER))) {
      scene.cloud.httpFaults().always("token", HttpFault.oauthError("invalid_grant", "a slip"));
      Path quarantine = scene.broker.state().resolve("quarantine");
      Eventually.holds("put away", PATIENCE, () -> Files.isDirectory(quarantine));
      Eventually.holds("kept", PATIENCE, () -> !files(quarantine).isEmpty());
      Eventually.holds("gone", PATIENCE, () -> served(scene).isEmpty());
      scene.cloud.httpFaults().clear();
      scene.broker.stop();
      Path put = files(quarantine).getFirst();
      String name = put.getFileName().toString().replaceFirst("\\.[0-9]+$", "");
      Files.move(put, scene.broker.state().resolve(name), StandardCopyOption.REPLACE_EXISTING);
      scene.broker.start();
      assertThat(scene.broker.token(Scene.USER)).as(scene.broker.log()).isNotBlank();
      assertThat(scene.cloud.counters().get("sign-ins")).isEqualTo(1);
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private Scene signedIn(String configuration) throws Exception {
    Scene scene = Scene.set(directory, configuration);
    signIn(scene);
    return scene;
  }

  private static void signIn(Scene scene) throws Exception {
    scene.cloud.switches().set(Switch.TOKEN_LIFE, TOKEN_LIFE);
    scene.broker.start().signIn(Scene.USER);
  }

  private static void serves(Scene scene, String valid) throws Exception {
    Instant end = scene.cloud.expiry(valid).minus(MARGIN);
    int times = 0;
    while (times == 0 || Instant.now().isBefore(end)) {
      assertThat(served(scene)).as(scene.broker.log()).isEqualTo(valid);
      times++;
      Thread.sleep(100);
    }
  }

  private static void recovers(Scene scene, String before) throws Exception {
    Eventually.holds(
        "a fresh token",
        PATIENCE,
        () -> {
          String served = served(scene);
          return !served.isEmpty() && !served.equals(before);
        });
    assertThat(scene.cloud.counters().get("sign-ins")).as(scene.broker.log()).isEqualTo(1);
    assertThat(scene.broker.log().split("sign-in needed", -1)).as("at start only").hasSize(2);
  }

  private static String served(Scene scene) throws Exception {
    return RawClient.token(scene.broker.socket(), Scene.USER);
  }
}
