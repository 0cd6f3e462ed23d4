package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.cloudmdirsync.simulator.HttpFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of every kind before the running daemon: a well-behaved one never notices the others. */
class SocketIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** exim's own limit; ours is 4 s. */
  private static final Duration EXIM_WAITS = Duration.ofSeconds(5);

  private static final String REQUEST = "SMTP " + Scene.USER;

  @TempDir Path directory;

  /** What clients do to the daemon. */
  @FunctionalInterface
  interface Mischief {
    /** Does it with connections that stay open until the caller closes them. */
    void commit(Path socket, List<RawClient> open) throws Exception;
  }

  static Stream<Arguments> mischief() {
    return Stream.of(
        argumentSet("a thousand silent ones", many(1000, client -> {})),
        argumentSet("a byte at a time", many(20, SocketIT::drip)),
        argumentSet("garbage", many(50, client -> client.say("\u0000\u00ff\u0001".repeat(100)))),
        argumentSet("a megabyte", many(5, SocketIT::junk)),
        argumentSet("end of file at once", many(50, RawClient::end)),
        argumentSet("half a request, then the end", many(50, client -> client.say("SMT").end())),
        argumentSet("a request, then gone", many(200, SocketIT::leave)),
        argumentSet("never reads its answer", many(50, client -> client.say(REQUEST + "\n"))));
  }

  @FunctionalInterface
  interface Behaviour {
    void show(RawClient client) throws Exception;
  }

  private static Mischief many(int clients, Behaviour behaviour) {
    return (socket, open) -> {
      for (int i = 0; i < clients; i++) {
        RawClient client = RawClient.connect(socket);
        open.add(client);
        try {
          behaviour.show(client);
        } catch (IOException shownTheDoor) {
          // That is the daemon's right.
        }
      }
    };
  }

  private static void drip(RawClient client) throws Exception {
    for (int at = 0; at < REQUEST.length(); at++) {
      client.say(REQUEST.substring(at, at + 1));
      Thread.sleep(1);
    }
  }

  private static void junk(RawClient client) throws Exception {
    client.say("x".repeat(1_000_000));
  }

  private static void leave(RawClient client) throws Exception {
    client.say(REQUEST + "\n").close();
  }

  @ParameterizedTest
  @MethodSource("mischief")
  void servesAGoodClientAmongBadOnesAndLosesNothingToThem(Mischief mischief) throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      String token = scene.broker.token(Scene.USER);
      // The first who wait cost what stays for the next ones: threads and selectors of the JDK.
      commit(scene, many(100, client -> {}), token);
      commit(scene, mischief, token);
      int descriptors = descriptors(scene);
      int threads = threads(scene);
      commit(scene, mischief, token);
      Eventually.holds("no descriptor is lost", PATIENCE, () -> descriptors(scene) <= descriptors);
      Eventually.holds("no thread is lost", PATIENCE, () -> threads(scene) <= threads);
    }
  }

  private static void commit(Scene scene, Mischief mischief, String token) throws Exception {
    List<RawClient> open = new ArrayList<>();
    try {
      mischief.commit(scene.broker.socket(), open);
      assertThat(scene.broker.token(Scene.USER)).isEqualTo(token);
    } finally {
      for (RawClient client : open) {
        client.close();
      }
    }
    assertThat(scene.broker.token(Scene.USER)).isEqualTo(token);
    Eventually.holds("all are gone", PATIENCE, () -> sockets(scene) == 0);
  }

  @Test
  void servesAGoodClientThoughItRunsOutOfDescriptors() throws Exception {
    List<RawClient> silent = new ArrayList<>();
    try (Scene scene = Scene.signedIn(directory)) {
      leaveDescriptors(scene, 5);
      for (int i = 0; i < 40; i++) {
        silent.add(RawClient.connect(scene.broker.socket()));
      }
      Instant asked = Instant.now();
      String token = RawClient.token(scene.broker.socket(), Scene.USER);
      assertThat(Duration.between(asked, Instant.now())).isLessThan(EXIM_WAITS);
      assertThat(token).isNotEmpty();
      assertThat(scene.broker.log()).containsOnlyOnce("cannot accept clients for now");
    } finally {
      for (RawClient client : silent) {
        client.close();
      }
    }
  }

  /** The limit is one of numbers, so the daemon also has those below it that are free. */
  private static void leaveDescriptors(Scene scene, int more) throws Exception {
    long pid = scene.broker.process().pid();
    try (Stream<Path> taken = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      int highest =
          taken.mapToInt(fd -> Integer.parseInt(fd.getFileName().toString())).max().orElseThrow();
      Run run =
          Run.of(
              Map.of(),
              "",
              List.of(
                  Programs.installed("prlimit"),
                  "--pid=" + pid,
                  "--nofile=" + (highest + 1 + more)));
      assertThat(run.status()).as(run.said()).isZero();
    }
  }

  @Test
  void answersAClientThatNeitherEndsItsLineNorShutsDownItsSide() throws Exception {
    try (Scene scene = Scene.signedIn(directory);
        RawClient client = RawClient.connect(scene.broker.socket())) {
      assertThat(client.say(REQUEST).reply()).startsWith("user=" + Scene.USER);
    }
  }

  @Test
  void answersInTimeThoughTheProviderHangs() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      scene.broker.stop();
      scene.cloud.httpFaults().always("token", new HttpFault.Hang());
      scene.broker.start();
      Instant asked = Instant.now();
      Run run = scene.broker.client("--user=" + Scene.USER, "--output=token");
      assertThat(Duration.between(asked, Instant.now())).isLessThan(EXIM_WAITS);
      assertThat(run.status()).as(run.said()).isEqualTo(75);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("not answered").hasLineCount(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "rw-rw----", "rw-rw-rw-"})
  void isNeverOpenToMoreThanWasAsked(String rights) throws Exception {
    Set<PosixFilePermission> asked = PosixFilePermissions.fromString(rights);
    try (Scene scene = Scene.set(directory, served(asked))) {
      Set<Set<PosixFilePermission>> seen = ConcurrentHashMap.newKeySet();
      AtomicBoolean over = new AtomicBoolean();
      Thread watcher = Thread.ofPlatform().start(() -> watch(scene.broker.socket(), over, seen));
      for (int starts = 0; starts < 3; starts++) {
        scene.broker.start().kill();
      }
      over.set(true);
      watcher.join();
      assertThat(seen).containsExactly(asked);
    }
  }

  private static void watch(Path socket, AtomicBoolean over, Set<Set<PosixFilePermission>> seen) {
    while (!over.get()) {
      try {
        seen.add(Files.getPosixFilePermissions(socket));
      } catch (NoSuchFileException notYet) {
        Thread.onSpinWait();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void letsAnotherUserInOnlyWhereTheModeDoes() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path client = Programs.copied("cms-oauth", directory);
    for (String rights : List.of("rw-rw-rw-", "rw-------")) {
      try (Scene scene = Scene.set(directory, served(PosixFilePermissions.fromString(rights)))) {
        scene.broker.start().signIn(Scene.USER);
        Run run =
            Run.of(
                scene.broker.environment(),
                "",
                List.of(
                    Programs.installed("setpriv"),
                    "--reuid=Debian-exim",
                    "--regid=Debian-exim",
                    "--clear-groups",
                    client.toString(),
                    "--cms_sock=" + scene.broker.socket(),
                    "--user=" + Scene.USER,
                    "--output=token"));
        if (rights.equals("rw-rw-rw-")) {
          assertThat(run.status()).as(run.said()).isZero();
          assertThat(run.out().strip()).isEqualTo(scene.broker.token(Scene.USER));
        } else {
          assertThat(run.status()).as(run.said()).isEqualTo(77);
          assertThat(run.out()).isEmpty();
          assertThat(run.err()).contains("no permission to use").hasLineCount(1);
        }
      }
    }
  }

  private static String served(Set<PosixFilePermission> rights) {
    String bits = PosixFilePermissions.toString(rights).replaceAll("[rwx]", "1").replace('-', '0');
    int mode = Integer.parseInt(bits, 2);
    return Broker.microsoft(Scene.USER)
        .replace("protocols=", "umask=0o%o, protocols=".formatted(mode));
  }

  private static int descriptors(Scene scene) throws IOException {
    return entries(scene, "fd");
  }

  private static int threads(Scene scene) throws IOException {
    return entries(scene, "task");
  }

  /** The daemon's ends of connections to its credential socket; the one that listens is no such. */
  private static long sockets(Scene scene) throws IOException {
    String connected = " 03 ";
    try (Stream<String> lines = Files.lines(Path.of("/proc/net/unix"))) {
      return lines
          .filter(line -> line.contains(connected) && line.contains(directoryOf(scene)))
          .count();
    }
  }

  private static String directoryOf(Scene scene) {
    return scene.broker.configuration().getParent() + "/";
  }

  private static int entries(Scene scene, String kind) throws IOException {
    Path list = Path.of("/proc", Long.toString(scene.broker.process().pid()), kind);
    try (Stream<Path> entries = Files.list(list)) {
      return (int) entries.count();
    }
  }
}
