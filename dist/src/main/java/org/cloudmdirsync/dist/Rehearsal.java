package org.cloudmdirsync.dist;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cloudmdirsync.simulator.Options;
import org.cloudmdirsync.simulator.Simulator;
import org.cloudmdirsync.simulator.Switch;
import org.cloudmdirsync.tls.Trust;

/** A daemon with one account at a pretend provider, started and asked as its users do. */
final class Rehearsal implements AutoCloseable {
  private static final String USER = "user@example.com";

  /** For whatever a daemon takes milliseconds for; machines may be slow. */
  private static final long PATIENCE_SECONDS = 60;

  private final Image image;
  private final Path log;
  private final Path directory;
  private final Simulator provider;
  private final URI page;
  private long deadline;

  private Rehearsal(Image image, Path log, Path directory, Simulator provider, URI page) {
    this.image = image;
    this.log = log;
    this.directory = directory;
    this.provider = provider;
    this.page = page;
  }

  /**
   * Opens the pretend provider and writes the configuration.
   *
   * @param log what the daemon says in its last run
   */
  static Rehearsal open(Image image, Path log) throws IOException {
    Path directory = Files.createTempDirectory("cms");
    Simulator provider = Simulator.open(Options.standard());
    provider.switches().set(Switch.AUTO_APPROVE, true);
    URI page = URI.create("http://127.0.0.1:%d/".formatted(freePort()));
    Rehearsal rehearsal = new Rehearsal(image, log, directory, provider, page);
    Files.writeString(
        rehearsal.configuration(),
        """
        account = Office365_Account(user="%s", authority="%s")
        CredentialServer("%s", accounts=[account])
        cfg.web_url = "%s"
        cfg.state_dir = "%s"
        """
            .formatted(
                USER, provider.https(), rehearsal.socket(), page, directory.resolve("state")));
    return rehearsal;
  }

  /** Somebody signs in; the daemon is stopped again and has the refresh token stored. */
  void signIn() throws IOException, InterruptedException {
    Process daemon = start();
    visit(page.resolve("sign-in?user=" + USER));
    awaitToken(daemon);
    stop(daemon);
  }

  /** A start with that refresh token, a request for the token, and the end. */
  void startAgain() throws IOException, InterruptedException {
    Process daemon = start();
    awaitToken(daemon);
    stop(daemon);
  }

  @Override
  public void close() throws IOException {
    provider.close();
    Current.deleteTree(directory);
  }

  private Path configuration() {
    return directory.resolve("cms.cfg");
  }

  private Path socket() {
    return directory.resolve("cms.sock");
  }

  private Process start() throws IOException, InterruptedException {
    deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    Process daemon =
        program("cloud-mdir-sync", "-c", configuration().toString())
            .redirectOutput(log.toFile())
            .start();
    while (!Files.readString(log).contains("sign-in page at")) {
      pause(daemon);
    }
    return daemon;
  }

  private void awaitToken(Process daemon) throws IOException, InterruptedException {
    ProcessBuilder client =
        program("cms-oauth", "--user=" + USER, "--cms_sock=" + socket())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    while (client.start().waitFor() != 0) {
      pause(daemon);
    }
  }

  private void pause(Process daemon) throws IOException, InterruptedException {
    if (daemon.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() - deadline > 0) {
      throw new IllegalStateException("the daemon does not serve:\n" + Files.readString(log));
    }
  }

  private static void stop(Process daemon) throws InterruptedException {
    daemon.destroy();
    if (!daemon.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || daemon.exitValue() != 0) {
      daemon.destroyForcibly();
      throw new IllegalStateException("the daemon does not stop cleanly");
    }
  }

  private ProcessBuilder program(String name, String... arguments) {
    List<String> command = new ArrayList<>(List.of(image.bin().resolve(name).toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment());
    return builder;
  }

  /** What makes our programs trust the pretend provider, and nobody's browser open. */
  private Map<String, String> environment() {
    return Map.of("SSL_CERT_FILE", provider.caFile().toString(), "BROWSER", "true");
  }

  private void visit(URI address) throws IOException, InterruptedException {
    Trust trust = Trust.system(environment());
    try (HttpClient browser =
        HttpClient.newBuilder()
            .sslContext(trust.context())
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build()) {
      HttpResponse<String> answer =
          browser.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(address.getPath() + " answers:\n" + answer.body());
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
