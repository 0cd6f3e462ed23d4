package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.cloudmdirsync.simulator.Switch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built daemon with its key in one place and another; nobody signs in a second time. */
class SecretStoreIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String PASSPHRASE = "correct horse seeded staple";

  @TempDir Path directory;
  private Keyring keyring;

  @BeforeEach
  void furnish() throws IOException {
    keyring = new Keyring(directory.resolve("session"));
  }

  @AfterEach
  void tidy() throws InterruptedException {
    keyring.stop();
  }

  @Test
  void goesThroughAllPlacesWithOneSignIn() throws Exception {
    keyring.startBus().startUnlocked();
    try (Scene scene = signedIn()) {
      for (String place :
          List.of("secret-service", "passphrase", "systemd-credential", "key-file")) {
        scene.broker.stop();
        place(scene, place);
        scene.broker.start();
        assertThat(lastWordOfTheKey(scene)).contains("; it was moved there from ");
        assertServes(scene);
      }
      assertThat(scene.broker.log()).doesNotContain("seeded").doesNotContain("warning: the key");
    }
  }

  @Test
  void waitsForAKeyringWithoutASignIn() throws Exception {
    keyring.startBus().startUnlocked();
    try (Scene scene = signedIn()) {
      scene.broker.stop();
      place(scene, "secret-service");
      scene.broker.start();
      assertServes(scene);
      scene.broker.stop();
      keyring.stopLast();
      keyring.startLocked();
      scene.broker.start();
      scene.broker.awaitLog("waiting for the key of the stored tokens");
      Run refused = scene.broker.client("--user=" + Scene.USER, "--output=token");
      assertThat(refused.status()).as(refused.said()).isEqualTo(75);
      assertThat(refused.err()).contains("unlock your keyring");
      keyring.stopLast();
      keyring.startUnlocked();
      Eventually.holds("a token", PATIENCE, () -> !served(scene).isEmpty());
      assertServes(scene);
      keyring.stop();
      assertServes(scene);
    }
  }

  @Test
  void endsWithAWrongPassphrase() throws Exception {
    try (Scene scene = signedIn()) {
      scene.broker.stop();
      place(scene, "passphrase");
      scene.broker.start();
      assertServes(scene);
      scene.broker.stop();
      scene.broker.setEnvironment("CMS_ASKPASS", askpass("wrong, and seeded"));
      scene.broker.startUntil("cannot start: the passphrase was wrong 3 times");
      assertThat(scene.broker.ended()).isEqualTo(77);
      assertThat(scene.broker.log()).doesNotContain("seeded");
      scene.broker.setEnvironment("CMS_ASKPASS", "");
      Run typed = typed(scene, PASSPHRASE);
      assertThat(typed.out()).doesNotContain(PASSPHRASE).contains("sign-in page at");
    }
  }

  /** Somebody starts the daemon on a terminal, types this and presses Ctrl-C when it serves. */
  private static Run typed(Scene scene, String passphrase) throws Exception {
    Terminal terminal =
        Terminal.open(
            scene.broker.environment(),
            List.of(
                Programs.built("cloud-mdir-sync"), "-c", scene.broker.configuration().toString()));
    terminal.await("Passphrase for the mail tokens in .*: ").type(passphrase + "\n");
    terminal.await("sign-in page at");
    return terminal.leave("\u0003");
  }

  @Test
  void survivesBeingKilledWhileItMoves() throws Exception {
    keyring.startBus().startUnlocked();
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    List<String> places = List.of("secret-service", "key-file", "systemd-credential", "passphrase");
    try (Scene scene = signedIn()) {
      // A kill between the provider's rotation and our write costs a sign-in there, whoever the
      // client is.
      scene.cloud.switches().set(Switch.ROTATION, "never");
      for (int round = 0; round < 16; round++) {
        scene.broker.kill();
        place(scene, places.get(round % places.size()));
        scene.broker.startUntil("");
        Thread.sleep(random.nextInt(round % 4 == 3 ? 1500 : 500));
      }
      scene.broker.kill();
      scene.broker.start();
      assertThat(served(scene)).as("seed %d: %s", seed, scene.broker.log()).isNotEmpty();
      assertServes(scene);
    }
  }

  @Test
  void loadsNothingOfItWhereTheKeyIsInItsFile() throws Exception {
    try (Scene scene = signedIn()) {
      scene.broker.setEnvironment("DBUS_SESSION_BUS_ADDRESS", keyring.busAddress());
      Path mapped = Path.of("/proc", Long.toString(scene.broker.process().pid()), "cmdline");
      List<String> command = List.of(Files.readString(mapped, StandardCharsets.UTF_8).split("\0"));
      scene.broker.stop();
      Path classes = directory.resolve("classes");
      List<String> talkative = new ArrayList<>(command);
      talkative.add(command.indexOf("-cp"), "-Xlog:class+load:file=" + classes);
      ProcessBuilder builder = new ProcessBuilder(talkative).inheritIO();
      builder.environment().putAll(scene.broker.environment());
      Process daemon = builder.start();
      try {
        Eventually.holds("a token", PATIENCE, () -> serves(scene));
      } finally {
        daemon.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      }
      assertThat(Files.readString(classes))
          .contains("org.cloudmdirsync.secret.SecretStore ")
          .doesNotContain("org.cloudmdirsync.dbus")
          .doesNotContain("org.cloudmdirsync.secret.Places")
          .doesNotContain("password4j");
    }
  }

  private static boolean serves(Scene scene) {
    try {
      return !served(scene).isEmpty();
    } catch (IOException notYet) {
      return false;
    }
  }

  private Scene signedIn() throws Exception {
    Scene scene = Scene.set(directory, Broker.generic(Scene.USER));
    Path credentials = Files.createDirectory(directory.resolve("credentials"));
    Files.writeString(credentials.resolve("cloud-mdir-sync"), "thirty-two bytes that are seeded");
    scene.broker.start().signIn(Scene.USER);
    scene.broker.setEnvironment("DBUS_SESSION_BUS_ADDRESS", keyring.busAddress());
    scene.broker.setEnvironment("CREDENTIALS_DIRECTORY", credentials.toString());
    scene.broker.setEnvironment("CMS_ASKPASS", askpass(PASSPHRASE));
    return scene;
  }

  private static String lastWordOfTheKey(Scene scene) throws IOException {
    return scene
        .broker
        .log()
        .lines()
        .filter(line -> line.contains("the key of the stored tokens: "))
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  private static void place(Scene scene, String place) throws IOException {
    Path file = scene.broker.configuration();
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.removeIf(line -> line.startsWith("SecretStore("));
    lines.add("SecretStore(\"" + place + "\")");
    Files.write(file, lines);
  }

  private static void assertServes(Scene scene) throws Exception {
    Eventually.holds("a token", PATIENCE, () -> !served(scene).isEmpty());
    assertThat(scene.cloud.counters().get("sign-ins")).isEqualTo(1);
    assertThat(scene.cloud.counters().get("reuses")).isZero();
  }

  private static String served(Scene scene) throws IOException {
    return RawClient.token(scene.broker.socket(), Scene.USER);
  }

  private String askpass(String answer) throws IOException {
    Path program = Files.createTempFile(directory, "askpass", ".sh");
    Files.writeString(program, "#!/bin/sh\necho '" + answer + "'\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return program.toString();
  }
}
