package org.cloudmdirsync.e2e;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The real gnome-keyring-daemon on a bus of its own, where nothing is started by being asked. */
final class Keyring {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path directory;
  private final Deque<Process> running = new ArrayDeque<>();

  /** Nothing runs yet. */
  Keyring(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  String busAddress() {
    return "unix:path=" + directory.resolve("bus");
  }

  Keyring startBus() throws IOException, InterruptedException {
    Path configuration = directory.resolve("bus.conf");
    Files.writeString(
        configuration,
        """
        <busconfig>
          <type>session</type>
          <listen>%s</listen>
          <auth>EXTERNAL</auth>
          <policy context="default">
            <allow send_destination="*" eavesdrop="true"/>
            <allow eavesdrop="true"/>
            <allow own="*"/>
          </policy>
        </busconfig>
        """
            .formatted(busAddress()));
    start(Programs.installed("dbus-daemon"), "--nofork", "--config-file=" + configuration);
    Eventually.holds("a bus", PATIENCE, this::listens);
    return this;
  }

  /** The file alone is there a moment too early. */
  private boolean listens() {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("bus"));
    try (SocketChannel channel = SocketChannel.open(address)) {
      return channel.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Its default keyring is open. */
  Keyring startUnlocked() throws IOException, InterruptedException {
    return startDaemon("--unlock", "false");
  }

  /** Nobody has said the password yet. */
  Keyring startLocked() throws IOException, InterruptedException {
    return startDaemon("--start", "true");
  }

  private Keyring startDaemon(String how, String locked) throws IOException, InterruptedException {
    String program = Programs.installed("gnome-keyring-daemon");
    Process daemon = start(program, "--foreground", how, "--components=secrets");
    daemon.getOutputStream().write("open sesame".getBytes(StandardCharsets.US_ASCII));
    daemon.getOutputStream().close();
    Eventually.holds("a keyring", PATIENCE, () -> lockedProperty().contains(locked));
    return this;
  }

  private String lockedProperty() throws IOException, InterruptedException {
    return ask(
        "/org/freedesktop/secrets/aliases/default",
        "org.freedesktop.DBus.Properties.Get",
        "string:org.freedesktop.Secret.Collection",
        "string:Locked");
  }

  /** The items of a program, as dbus-send prints them. */
  String items(String application) throws IOException, InterruptedException {
    return ask(
        "/org/freedesktop/secrets",
        "org.freedesktop.Secret.Service.SearchItems",
        "dict:string:string:application," + application);
  }

  private String ask(String object, String method, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Programs.installed("dbus-send"),
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.secrets",
                object,
                method));
    command.addAll(List.of(arguments));
    return Run.of(environment(), "", command).out();
  }

  /** Ends what was started last: the keyring, then the bus. */
  void stopLast() throws InterruptedException {
    running.pop().destroyForcibly().waitFor();
  }

  void stop() throws InterruptedException {
    while (!running.isEmpty()) {
      stopLast();
    }
  }

  private Map<String, String> environment() {
    return Map.of(
        "DBUS_SESSION_BUS_ADDRESS",
        busAddress(),
        "XDG_RUNTIME_DIR",
        directory.toString(),
        "XDG_DATA_HOME",
        directory.resolve("data").toString());
  }

  private Process start(String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(directory.resolve("session.log").toFile()));
    builder.environment().putAll(environment());
    Process process = builder.start();
    running.push(process);
    return process;
  }
}
