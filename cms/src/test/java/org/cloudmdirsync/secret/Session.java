package org.cloudmdirsync.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.cloudmdirsync.dbus.Bus;
import org.cloudmdirsync.dbus.MethodCall;
import org.cloudmdirsync.dbus.Variant;

/**
 * A desktop session: the real dbus-daemon, which starts nothing by itself, and when it is asked for
 * the real gnome-keyring-daemon.
 */
final class Session {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String BUS_CONFIGURATION =
      """
      <busconfig>
        <type>session</type>
        <listen>unix:path=SOCKET</listen>
        <auth>EXTERNAL</auth>
        <policy context="default">
          <allow send_destination="*" eavesdrop="true"/>
          <allow eavesdrop="true"/>
          <allow own="*"/>
        </policy>
      </busconfig>
      """;

  private static final String PASSWORD = "open sesame";

  private final Path directory;
  private final Deque<Process> running = new ArrayDeque<>();

  /** Nothing runs yet. */
  Session(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  Map<String, String> environment() {
    return Map.of(
        "DBUS_SESSION_BUS_ADDRESS",
        "unix:path=" + socket(),
        "XDG_RUNTIME_DIR",
        directory.toString(),
        "HOME",
        directory.toString(),
        "XDG_DATA_HOME",
        directory.resolve("data").toString());
  }

  Path socket() {
    return directory.resolve("bus");
  }

  Session withBus() throws IOException, InterruptedException {
    Files.writeString(
        directory.resolve("bus.conf"), BUS_CONFIGURATION.replace("SOCKET", socket().toString()));
    start("/usr/bin/dbus-daemon", "--nofork", "--config-file=" + directory.resolve("bus.conf"));
    await(this::listens);
    return this;
  }

  /** The file alone is there a moment too early. */
  private boolean listens() {
    try (Bus bus = bus()) {
      return bus.hasOwner("org.freedesktop.DBus");
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Its keyrings are those of the last time; the default one is open. */
  Session withKeyring() throws IOException, InterruptedException {
    Process keyring =
        start("/usr/bin/gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets");
    type(keyring);
    await(() -> SecretService.isReady(environment()));
    return this;
  }

  /** As {@link #withKeyring}, but nobody has said the password. */
  Session withLockedKeyring() throws IOException, InterruptedException {
    start("/usr/bin/gnome-keyring-daemon", "--foreground", "--start", "--components=secrets");
    await(() -> {
      try (Bus bus = bus()) {
        return bus.hasOwner("org.freedesktop.secrets");
      }
    });
    return this;
  }

  /** The person says the password: here by a call that the daemon has for the sake of tests. */
  void unlock() throws IOException {
    try (Bus bus = bus()) {
      Object session =
          bus.call(
                  new MethodCall(
                      "org.freedesktop.secrets",
                      "/org/freedesktop/secrets",
                      "org.freedesktop.Secret.Service",
                      "OpenSession",
                      "sv",
                      List.of("plain", new Variant("s", ""))))
              .getLast();
      bus.call(
          new MethodCall(
              "org.freedesktop.secrets",
              "/org/freedesktop/secrets",
              "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",
              "UnlockWithMasterPassword",
              "o(oayays)",
              List.of(
                  "/org/freedesktop/secrets/collection/login",
                  List.of(session, new byte[0], PASSWORD.getBytes(UTF_8), "text/plain"))));
    }
  }

  void lock() throws IOException {
    call("Lock", "ao", List.of(List.of("/org/freedesktop/secrets/aliases/default")));
  }

  /** Of all our items. */
  List<?> items() throws IOException {
    return (List<?>)
        call("SearchItems", "a{ss}", List.of(Map.of("application", "cloud-mdir-sync"))).getFirst();
  }

  void deleteItems() throws IOException {
    for (Object item : items()) {
      try (Bus bus = bus()) {
        bus.call(
            new MethodCall(
                "org.freedesktop.secrets", (String) item, "org.freedesktop.Secret.Item", "Delete"));
      }
    }
  }

  private List<Object> call(String member, String signature, List<Object> arguments)
      throws IOException {
    try (Bus bus = bus()) {
      return bus.call(
          new MethodCall(
              "org.freedesktop.secrets",
              "/org/freedesktop/secrets",
              "org.freedesktop.Secret.Service",
              member,
              signature,
              arguments));
    }
  }

  private Bus bus() throws IOException {
    return Bus.connect(socket(), PATIENCE);
  }

  /** A line on its standard input is the password, and the end of it. */
  private static void type(Process keyring) throws IOException {
    keyring.getOutputStream().write(PASSWORD.getBytes(UTF_8));
    keyring.getOutputStream().close();
  }

  private Process start(String... command) throws IOException {
    if (!Files.exists(Path.of(command[0]))) {
      assertThat(System.getenv("CI")).as(command[0] + " is missing").isNotEqualTo("true");
      abort(command[0] + ": ./check install");
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(directory.resolve("session.log").toFile()));
    builder.environment().putAll(environment());
    builder.environment().remove("GNOME_KEYRING_CONTROL");
    Process process = builder.start();
    running.push(process);
    return process;
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private void await(Condition condition) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime())
          .as(Files.readString(directory.resolve("session.log")))
          .isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  /** Everything ends, the last first. */
  void stop() throws InterruptedException, IOException {
    while (!running.isEmpty()) {
      running.pop().destroyForcibly().waitFor();
    }
    Files.deleteIfExists(socket());
  }
}
