package org.cloudmdirsync.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cloudmdirsync.simulator.Options;
import org.cloudmdirsync.simulator.Service;
import org.cloudmdirsync.simulator.Simulator;

/** What the demo plays on: a pretend cloud, a temporary directory, and the built programs. */
final class DemoStage implements AutoCloseable {
  /** The pretend user. */
  static final String USER = "ann@example.com";

  private static final long STOP_SECONDS = 5;

  private final Path programs;
  private final Path directory;
  private final Simulator cloud;
  private final URI webUrl;
  private Optional<Process> daemon = Optional.empty();

  private DemoStage(Path programs, Path directory, Simulator cloud, URI webUrl) {
    this.programs = programs;
    this.directory = directory;
    this.cloud = cloud;
    this.webUrl = webUrl;
  }

  /** Starts the pretend cloud and writes the configuration. */
  static DemoStage set() throws IOException {
    Path programs = Path.of(System.getProperty("java.home"), "bin");
    if (!Files.isExecutable(programs.resolve("cms-oauth"))) {
      throw new IOException("run it as ./cloud-mdir-sync demo, which builds the programs first");
    }
    Path directory = Files.createTempDirectory("cms-demo-");
    URI webUrl = URI.create("http://127.0.0.1:%d/".formatted(freePort()));
    DemoStage stage =
        new DemoStage(programs, directory, Simulator.open(Options.standard()), webUrl);
    Files.writeString(stage.configuration(), stage.configurationText());
    return stage;
  }

  /** The pretend cloud. */
  Simulator cloud() {
    return cloud;
  }

  /** The daemon's page. */
  URI webUrl() {
    return webUrl;
  }

  Path configuration() {
    return directory.resolve("cms.cfg");
  }

  Path socket() {
    return directory.resolve("cms.sock");
  }

  private Path daemonLog() {
    return directory.resolve("daemon.log");
  }

  /** {@code HOST:PORT} of the pretend Office 365 submission server. */
  String submissionServer() {
    return "localhost:" + cloud.port(Service.OFFICE365_SUBMISSION);
  }

  String configurationText() {
    return
"""
account = Office365_Account(user="%s",
                            authority="%s")
CredentialServer("%s",
                 accounts=[account])
cfg.web_url = "%s"
cfg.state_dir = "%s"
"""
        .formatted(USER, cloud.https(), socket(), webUrl, directory.resolve("state"));
  }

  /**
   * What makes our programs trust the pretend cloud, and keeps them off the user's own things: no
   * browser opens, nothing is notified of, no keyring gets the key of the demo's store. An empty
   * address of the bus would not do, since it stands for the one in $XDG_RUNTIME_DIR.
   */
  Map<String, String> environment() {
    return Map.of(
        "SSL_CERT_FILE",
        cloud.caFile().toString(),
        "BROWSER",
        "true",
        "DBUS_SESSION_BUS_ADDRESS",
        "disabled:");
  }

  /** Starts the real daemon and waits until its page answers. */
  void startDaemon() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command("cloud-mdir-sync", "-c", configuration().toString()))
            .redirectErrorStream(true)
            .redirectOutput(daemonLog().toFile());
    builder.environment().putAll(environment());
    Process process = builder.start();
    daemon = Optional.of(process);
    while (!Files.exists(socket()) || !Files.readString(daemonLog()).contains("sign-in page at")) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
        throw new IOException("the daemon ended: " + Files.readString(daemonLog()));
      }
    }
  }

  /** Runs {@code cms-oauth}; its standard error joined to its output when {@code all} is asked. */
  String client(boolean all, String... arguments) throws IOException, InterruptedException {
    Path output = directory.resolve("cms-oauth.out");
    ProcessBuilder builder =
        new ProcessBuilder(command("cms-oauth", arguments))
            .redirectErrorStream(all)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment());
    int status = builder.start().waitFor();
    String said = Files.readString(output);
    Files.delete(output);
    if (status != 0) {
      throw new IOException("cms-oauth ended with status %d %s".formatted(status, said));
    }
    return said.strip();
  }

  private List<String> command(String program, String... arguments) {
    return Stream.concat(Stream.of(programs.resolve(program).toString()), Stream.of(arguments))
        .toList();
  }

  /** Says what to try, and waits for Ctrl-C. */
  void runUntilInterrupted(PrintStream out) throws InterruptedException {
    out.printf(
"""

It is left running; stop it with Ctrl-C. Try, in another terminal:
  export SSL_CERT_FILE=%1$s
  cms-oauth --user=%2$s --cms_sock=%3$s --output=token
  cms-oauth --user=%2$s --cms_sock=%3$s --test-smtp=%4$s
  tail -f %5$s
Its page: %6$s
""",
        cloud.caFile(), USER, socket(), submissionServer(), daemonLog(), webUrl);
    new CountDownLatch(1).await();
  }

  /** Stops the daemon and the cloud and removes the directory; called twice, it does nothing. */
  @Override
  public synchronized void close() {
    try {
      if (daemon.isPresent()) {
        daemon.get().destroy();
        daemon.get().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        daemon = Optional.empty();
      }
      cloud.close();
      removeDirectory();
    } catch (IOException left) {
      System.err.println("cloud-mdir-sync: demo: left behind: " + left.getMessage());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void removeDirectory() throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
