package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cloudmdirsync.simulator.HttpFault;
import org.cloudmdirsync.simulator.MailFault;
import org.cloudmdirsync.simulator.Options;
import org.cloudmdirsync.simulator.Service;
import org.cloudmdirsync.simulator.Simulator;
import org.cloudmdirsync.simulator.Switch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole life, with good and bad days and the log at its most talkative: no token, no code and no
 * client secret is left anywhere it can be read.
 *
 * <p>What the cloud gives out is random, and the test throws the dice: so it knows every secret by
 * heart and finds any twenty characters of one, in clear or in Base64.
 */
class SecretsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String CLIENT_SECRET = "only-the-daemon-and-its-provider-know-this";

  @TempDir Path directory;
  private final RecordingDice dice = new RecordingDice();
  private final Map<String, String> places = new LinkedHashMap<>();
  private final Set<String> commandLines = ConcurrentHashMap.newKeySet();

  @Test
  void areNowhereToBeRead() throws Exception {
    try (Scene scene = Scene.set(directory, withSecret(), cloud())) {
      scene.broker.setEnvironment("CMS_DEBUG", "1");
      AtomicBoolean over = new AtomicBoolean();
      Thread watcher = Thread.ofPlatform().start(() -> watchCommandLines(over));
      live(scene);
      over.set(true);
      watcher.join();
      places.put("the daemon's log", scene.broker.log());
      assertThat(scene.broker.log())
          .as("every dialogue leaves a line")
          .containsPattern(
              "token request to localhost: grant_type=refresh_token scope=smtp .*: HTTP 200, a token for")
          .containsPattern("grant_type=authorization_code .*: HTTP 200, a token for 4 s, and a new")
          .containsPattern("grant_type=refresh_token .*: HTTP 400, refused: invalid_grant")
          .contains(
              "socket request on " + scene.broker.socket() + ": SMTP " + Scene.USER + ": a token")
          .contains(": refused, SIGN_IN_NEEDED: ")
          .contains("web request: GET /sign-in: HTTP 303");
      places.put("command lines", String.join("\n", commandLines));
      keepFiles(scene.broker.state());
    }
    assertThat(places).hasSizeGreaterThan(8);
    assertThat(commandLines).as("seen").anyMatch(line -> line.contains("--output=token"));
    places.forEach((place, text) -> assertThat(leaks(text)).as(place).isEmpty());
  }

  /** The person who asks sees the faulty line; the log, which others may read, has none. */
  @Test
  void aBrokenConfigurationIsNotQuotedInTheLog() throws Exception {
    try (Scene scene = Scene.set(directory, withSecret(), cloud())) {
      scene.broker.startUntil("sign-in needed");
      scene.broker.configure(withSecret().replace("client_id=", "client_idd="));
      Run reload = scene.broker.command("reload");
      assertThat(reload.status()).as(reload.said()).isEqualTo(78);
      assertThat(reload.err()).contains("client_idd", CLIENT_SECRET);
      scene.broker.signal("HUP");
      scene.broker.awaitLog("the old configuration stays in force");
      scene.broker.stop();
      assertThat(scene.broker.startUntil("client_idd").ended()).isEqualTo(78);
      assertThat(scene.broker.log())
          .containsPattern("warning: \\S*cms.cfg:1:[0-9]+: ")
          .containsPattern("(?m)^\\S*cms.cfg:1:[0-9]+: ")
          .doesNotContain(CLIENT_SECRET);
      Run onTerminal =
          Terminal.open(
                  scene.broker.environment(),
                  List.of(
                      Programs.built("cloud-mdir-sync"),
                      "-c",
                      scene.broker.configuration().toString()))
              .leave("");
      assertThat(onTerminal.status()).as(onTerminal.said()).isEqualTo(78);
      assertThat(onTerminal.out()).contains(CLIENT_SECRET, "^");
    }
  }

  private Simulator cloud() throws IOException {
    Options usual = Options.standard();
    return Simulator.open(
        new Options(usual.address(), usual.ports(), usual.names(), usual.clock(), dice));
  }

  private static String withSecret() {
    return Broker.generic(Scene.USER)
        .replace("client_id=", "client_secret=\"" + CLIENT_SECRET + "\", client_id=");
  }

  private void live(Scene scene) throws Exception {
    scene.cloud.switches().set(Switch.TOKEN_LIFE, 4);
    scene.broker.start();
    client(scene, 77, "--output=token");
    scene.broker.signIn(Scene.USER);
    String token = client(scene, 0, "--output=token").strip();
    assertThat(leaks(token)).as("the net catches what it is for").isNotEmpty();
    for (String output : new String[] {"xoauth2", "xoauth2-b64", "oauthbearer"}) {
      String given = client(scene, 0, "--output=" + output);
      assertThat(leaks(given)).as(output).isNotEmpty();
    }
    String test = "--test-smtp=localhost:" + scene.cloud.port(Service.GENERIC_SUBMISSION);
    client(scene, 0, test);
    scene
        .cloud
        .mailFaults()
        .next("smtp.credentials", new MailFault.Challenge("{\"status\":\"400\"}", "535 5.7.8 no"));
    client(scene, 77, test);
    haveABadDay(scene);
    client(scene, 77, "--output=token");
    scene.broker.signIn(Scene.USER);
    client(scene, 0, "--output=token");
    assertThat(scene.broker.stop()).isZero();
  }

  private static void haveABadDay(Scene scene) throws Exception {
    int refreshes = scene.cloud.counters().get("refreshes");
    assertThat(scene.cloud.counters().await("refreshes", refreshes + 1, PATIENCE)).isTrue();
    scene.cloud.httpFaults().next("token", HttpFault.captivePortal());
    scene.cloud.httpFaults().next("token", HttpFault.invalidJson());
    scene.broker.awaitLog("trying again by itself");
    scene.cloud.revokeRefreshTokens(Scene.USER);
    String user = Scene.USER;
    Eventually.holds(
        "the token ends", PATIENCE, () -> RawClient.token(scene.broker.socket(), user).isEmpty());
  }

  /** Returns the standard output, and keeps what else was said. */
  private String client(Scene scene, int status, String argument) throws Exception {
    Run run = scene.broker.client("--user=" + Scene.USER, argument);
    assertThat(run.status()).as(argument + ": " + run.said()).isEqualTo(status);
    places.put("standard error " + places.size() + " of " + argument, run.err());
    return run.out();
  }

  private void keepFiles(Path state) throws IOException {
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        places.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
  }

  private void watchCommandLines(AtomicBoolean over) {
    while (!over.get()) {
      ProcessHandle.allProcesses()
          .map(process -> Path.of("/proc", Long.toString(process.pid()), "cmdline"))
          .forEach(this::keepCommandLine);
    }
  }

  private void keepCommandLine(Path file) {
    try {
      commandLines.add(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException ended) {
      // Processes come and go.
    }
  }

  private Set<String> leaks(String text) {
    Set<String> found = dice.piecesIn(text);
    if (text.contains(CLIENT_SECRET)) {
      found.add(CLIENT_SECRET);
    }
    Matcher base64 = Pattern.compile("[A-Za-z0-9+/_-]{24,}").matcher(text);
    while (base64.find()) {
      for (int offset = 0; offset < 4; offset++) {
        found.addAll(dice.piecesIn(decoded(base64.group().substring(offset))));
      }
    }
    return found;
  }

  private static String decoded(String base64) {
    String whole = base64.substring(0, base64.length() / 4 * 4).replace('-', '+').replace('_', '/');
    return new String(Base64.getDecoder().decode(whole), StandardCharsets.ISO_8859_1);
  }
}
