package org.cloudmdirsync.e2e;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.cloudmdirsync.simulator.Simulator;
import org.cloudmdirsync.simulator.Switch;

/**
 * The built daemon as a process of its own, in a directory of its own, trusting the pretend cloud.
 *
 * <p>The configuration may name {@code {socket}}, {@code {web}}, {@code {state}} and {@code
 * {cloud}} (the https base of the authorization servers).
 */
final class Broker implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Simulator cloud;
  private final Path directory;
  private final Path socket;
  private final int webPort;
  private Optional<Process> daemon = Optional.empty();
  private final Map<String, String> environment = new HashMap<>();
  private int logged;

  private Broker(Simulator cloud, Path directory, Path socket, int webPort) {
    this.cloud = cloud;
    this.directory = directory;
    this.socket = socket;
    this.webPort = webPort;
    // Opens nobody's browser; keeps off the tester's own directories.
    environment.put("BROWSER", "true");
    environment.put("HOME", directory.toString());
    environment.put("DBUS_SESSION_BUS_ADDRESS", "disabled:");
    environment.put("XDG_CONFIG_HOME", directory.resolve("config").toString());
    environment.put("XDG_RUNTIME_DIR", directory.toString());
    environment.put("DBUS_SESSION_BUS_ADDRESS", "");
  }

  /** Writes the configuration; nothing is started. */
  static Broker configured(Simulator cloud, Path directory, String configuration)
      throws IOException {
    Broker broker = new Broker(cloud, directory, directory.resolve("cms.sock"), freePort());
    broker.setEnvironment("SSL_CERT_FILE", cloud.caFile().toString());
    broker.configure(configuration);
    return broker;
  }

  /** With this configuration and not a word more; to be run in an {@link OwnNetwork}. */
  static Broker asDelivered(Simulator cloud, Path directory, String configuration)
      throws IOException {
    Path socket = OwnNetwork.RUNTIME_DIRECTORY.resolve("cms.sock");
    Broker broker = new Broker(cloud, directory, socket, 8080);
    Files.writeString(broker.configuration(), configuration);
    return broker;
  }

  /** One Microsoft account, served for SMTP and IMAP. */
  static String microsoft(String user) {
    return """
    account = Office365_Account(user="%s", authority="{cloud}")
    CredentialServer("{socket}", accounts=[account], protocols=["SMTP", "IMAP"])
    cfg.web_url = "{web}"
    cfg.state_dir = "{state}"
    """
        .formatted(user);
  }

  /**
   * One account of a provider by the book, which kills a family whose refresh token comes twice.
   */
  static String generic(String user) {
    return """
    account = OAuth2_Account(user="%s", issuer="{cloud}/generic", client_id="cms",
                             sign_in_scopes=["openid", "email"], scopes={"SMTP": ["smtp"]})
    CredentialServer("{socket}", accounts=[account])
    cfg.web_url = "{web}"
    cfg.state_dir = "{state}"
    """
        .formatted(user);
  }

  /** Writes another configuration; a running daemon does not know that. */
  void configure(String configuration) throws IOException {
    Files.writeString(configuration(), filledIn(configuration));
  }

  /** A configuration with its places filled in. */
  String filledIn(String configuration) {
    return configuration
        .replace("{socket}", socket().toString())
        .replace("{web}", webUrl().toString())
        .replace("{state}", state().toString())
        .replace("{cloud}", cloud.https().toString());
  }

  Path configuration() {
    return directory.resolve("cms.cfg");
  }

  Path socket() {
    return socket;
  }

  Path state() {
    return directory.resolve("state");
  }

  URI webUrl() {
    return URI.create("http://127.0.0.1:" + webPort + "/");
  }

  private Path logFile() {
    return directory.resolve("daemon.log");
  }

  /** Everything the daemon wrote, over all its starts. */
  String log() throws IOException {
    return Files.readString(logFile());
  }

  /** Starts the daemon and waits until it serves everything. */
  Broker start() throws IOException, InterruptedException {
    return startUntil("sign-in page at");
  }

  /** Starts the daemon and waits until it has said something. */
  Broker startUntil(String said) throws IOException, InterruptedException {
    return startThrough(said);
  }

  /** The same through another program, which becomes the daemon. */
  Broker startThrough(String said, String... program) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(Programs.built("cloud-mdir-sync"), "-c", configuration().toString()));
    logged = Files.exists(logFile()) ? log().length() : 0;
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
    builder.environment().putAll(environment());
    daemon = Optional.of(builder.start());
    awaitLog(said);
    return this;
  }

  /** Waits until the running daemon has said something. */
  void awaitLog(String said) throws IOException, InterruptedException {
    try {
      Eventually.holds(said, PATIENCE, () -> log().substring(logged).contains(said));
    } catch (AssertionError late) {
      throw new AssertionError(late.getMessage() + "; the daemon says: " + log(), late);
    }
  }

  /** Signs a user in through the daemon's page, in a browser that always allows. */
  Broker signIn(String user) throws IOException, InterruptedException, GeneralSecurityException {
    cloud.switches().set(Switch.AUTO_APPROVE, true);
    String path = "sign-in?user=" + URLEncoder.encode(user, StandardCharsets.UTF_8);
    HttpResponse<String> page = browse(webUrl().resolve(path));
    if (page.statusCode() != 200) {
      throw new AssertionError("the sign-in ended with " + page.body());
    }
    return this;
  }

  /** Opens an address in a browser, and goes wherever that leads. */
  HttpResponse<String> browse(URI address)
      throws IOException, InterruptedException, GeneralSecurityException {
    return browse(address, HttpClient.Redirect.ALWAYS);
  }

  /** Where the provider's page sends a browser that always allows. */
  String redirected(String page)
      throws IOException, InterruptedException, GeneralSecurityException {
    return browse(URI.create(page), HttpClient.Redirect.NEVER)
        .headers()
        .firstValue("Location")
        .orElseThrow();
  }

  private HttpResponse<String> browse(URI address, HttpClient.Redirect redirects)
      throws IOException, InterruptedException, GeneralSecurityException {
    try (HttpClient browser =
        HttpClient.newBuilder()
            .sslContext(trusting(cloud.caFile()))
            .followRedirects(redirects)
            .build()) {
      return browser.send(
          HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static SSLContext trusting(Path caFile) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (FileInputStream pem = new FileInputStream(caFile.toFile())) {
      store.setCertificateEntry(
          "simulator", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** Runs the built {@code cms-oauth} against this daemon. */
  Run client(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(Programs.built("cms-oauth"), "--cms_sock=" + socket()));
    command.addAll(List.of(arguments));
    return Run.of(environment(), "", command);
  }

  /** Runs a command of the built {@code cloud-mdir-sync} that asks this daemon. */
  Run command(String name, String... arguments) throws IOException, InterruptedException {
    return Run.of(environment(), "", commandLine(name, arguments));
  }

  /** The same on a terminal. */
  Terminal openCommand(String name, String... arguments) throws IOException {
    return Terminal.open(environment(), commandLine(name, arguments));
  }

  private List<String> commandLine(String name, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(Programs.built("cloud-mdir-sync"), "-c", configuration().toString(), name));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Sends the daemon a signal. */
  void signal(String name) throws IOException, InterruptedException {
    String pid = Long.toString(process().pid());
    Run.of(Map.of(), "", List.of(Programs.installed("kill"), "-" + name, pid));
  }

  /** The token served now; fails the test when there is none. */
  String token(String user) throws IOException, InterruptedException {
    Run run = client("--user=" + user, "--output=token");
    if (run.status() != 0) {
      throw new AssertionError(run.said() + log());
    }
    return run.out().strip();
  }

  /** Sets a variable for every program started from now on. */
  void setEnvironment(String name, String value) {
    environment.put(name, value);
  }

  /** What every program is started with, beside the tester's own environment. */
  Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  /** SIGTERM; returns the daemon's exit status. */
  int stop() throws InterruptedException {
    Process process = daemon.orElseThrow();
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the daemon does not stop on SIGTERM");
    }
    daemon = Optional.empty();
    return process.exitValue();
  }

  /** The exit status of a daemon that ends by itself. */
  int ended() throws InterruptedException {
    Process process = daemon.orElseThrow();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the daemon does not end by itself");
    }
    daemon = Optional.empty();
    return process.exitValue();
  }

  /** The running daemon's process. */
  ProcessHandle process() {
    return daemon.orElseThrow().toHandle();
  }

  /** SIGKILL, if it runs. */
  void kill() {
    daemon.ifPresent(process -> process.destroyForcibly().onExit().join());
    daemon = Optional.empty();
  }

  @Override
  public void close() {
    kill();
  }

  static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
