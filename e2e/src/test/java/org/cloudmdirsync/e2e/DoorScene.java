package org.cloudmdirsync.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cloudmdirsync.simulator.Options;
import org.cloudmdirsync.simulator.Service;
import org.cloudmdirsync.simulator.Simulator;
import org.cloudmdirsync.simulator.Switch;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A pretend cloud, a daemon with a user in every {@link Condition}, and the real Dovecot with a
 * mail for each of them: opened once for all mail programs, which change nothing in it.
 */
final class DoorScene implements AutoCloseable {
  /** In every inbox. */
  static final String MAIL =
      """
      From: Bob <bob@example.net>
      Date: Tue, 24 Nov 2026 12:00:00 +0000
      Message-ID: <1@example.net>
      Subject: to be fetched

      This is what Bob wrote.
      """;

  /** Of a token in {@link Condition#LONG_TOKEN}, in characters. */
  private static final int LONG = 4096;

  private final Path directory;
  private final Scene scene;
  private final Line line;
  private final Relay relay;
  private final Dovecot dovecot;
  private final Path client;

  private DoorScene(Path directory) throws Exception {
    this.directory = readable(directory);
    Simulator cloud = Simulator.open(Options.standard());
    this.line = Line.to(cloud.port(Service.HTTPS));
    this.scene = Scene.set(directory, configuration(line), cloud);
    this.relay = new Relay();
    this.dovecot = startDovecot(directory);
    bringAbout();
    Files.writeString(
        authorities(), Files.readString(cloud.caFile()) + Files.readString(dovecot.certificate()));
    readable(authorities());
    // Some programs run it as another user.
    this.client =
        Programs.copied("cms-oauth", readable(Files.createDirectory(directory.resolve("bin"))));
  }

  /** Hands the one scene of all tests to whoever has a parameter for it. */
  static final class Shared implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == DoorScene.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(DoorScene.class))
          .computeIfAbsent(DoorScene.class, _ -> open());
    }

    private static DoorScene open() {
      try {
        return new DoorScene(Files.createTempDirectory("doors"));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  private static String configuration(Line line) {
    return """
    ann = Office365_Account(user="ann@example.com", authority="{cloud}")
    lea = Office365_Account(user="lea@example.com", authority="{cloud}")
    rex = Office365_Account(user="rex@example.com", authority="{cloud}")
    sid = Office365_Account(user="sid@example.com", authority="{cloud}")
    pia = OAuth2_Account(user="pia@example.com", client_id="cms",
                         issuer="https://localhost:%d/generic", sign_in_scopes=["openid", "email"],
                         scopes={"SMTP": ["smtp"], "IMAP": ["imap"], "POP": ["pop"]})
    CredentialServer("{socket}", accounts=[ann, lea, rex, sid, pia],
                     protocols=["SMTP", "IMAP", "POP"], umask=0o666)
    cfg.web_url = "{web}"
    cfg.state_dir = "{state}"
    """
        .formatted(line.port());
  }

  private Dovecot startDovecot(Path directory) throws Exception {
    Path servers = Files.createDirectory(directory.resolve("dovecot"));
    Dovecot started = Dovecot.start(scene.cloud, servers, "xoauth2 oauthbearer", relay.port());
    for (Condition each : Condition.values()) {
      started.deliver(each.user(), MAIL);
    }
    return started;
  }

  private void bringAbout() throws Exception {
    Broker broker = scene.broker;
    broker.start().signIn(Condition.PROVIDER_DOWN.user());
    // Access tokens are in memory only: after a restart there is none, and none to be had.
    broker.stop();
    line.cut();
    broker.start().signIn(Condition.FINE.user()).signIn(Condition.REFUSED.user());
    scene.cloud.expireAccessTokens(Condition.REFUSED.user());
    scene.cloud.switches().set(Switch.TOKEN_SIZE, LONG);
    broker.signIn(Condition.LONG_TOKEN.user());
    // Dovecot asks the cloud of each token; nobody asks for a new one from here on.
    scene.cloud.switches().set(Switch.TOKEN_SIZE, 0);
  }

  /** What a mail program in this condition finds: a home directory of its own, and the rest. */
  Visit visit(Condition condition, Path home) throws IOException {
    return new Visit(this, condition, readable(home), "XOAUTH2");
  }

  /** An example of ours, with nothing changed but paths, the user, hosts and ports. */
  String example(String name, Condition condition) {
    return filledIn(Documents.example(name), condition);
  }

  /** The same with any text. */
  String filledIn(String text, Condition condition) {
    String filled = text;
    for (var each : places(condition)) {
      filled = filled.replaceAll(each.getKey(), each.getValue());
    }
    return filled;
  }

  /** In this order: a host with its port before the host alone. */
  private List<Map.Entry<String, String>> places(Condition condition) {
    String imaps = dovecot.imaps();
    String submission = "localhost:" + scene.submissionPort();
    return List.of(
        Map.entry("user@domain\\.com", condition.user()),
        Map.entry("user%40domain\\.com", condition.user().replace("@", "%40")),
        Map.entry("/run/user/1000/cms\\.sock", socket(condition).toString()),
        Map.entry("/etc/ssl/certs/ca-certificates\\.crt", authorities().toString()),
        Map.entry("outlook\\.office365\\.com:993\\b", imaps),
        Map.entry("smtp\\.office365\\.com:587\\b", submission),
        Map.entry("outlook\\.office365\\.com\\b", "localhost"),
        Map.entry("smtp\\.office365\\.com\\b", "localhost"),
        Map.entry("\\b993\\b", portOf(imaps)),
        Map.entry("\\b995\\b", portOf(dovecot.pop3s())),
        Map.entry("\\b587\\b", portOf(submission)));
  }

  private static String portOf(String address) {
    return address.substring(address.indexOf(':') + 1);
  }

  private Path socket(Condition condition) {
    return condition == Condition.BROKER_DOWN
        ? directory.resolve("nobody.sock")
        : scene.broker.socket();
  }

  private Path authorities() {
    return directory.resolve("authorities.pem");
  }

  /** Our programs are on the path, and everybody's idea of a certificate authority is ours. */
  Map<String, String> environment(Path home) {
    Map<String, String> environment = new HashMap<>(scene.broker.environment());
    environment.put("PATH", client.getParent() + ":" + System.getenv("PATH"));
    environment.put("HOME", home.toString());
    environment.put("XDG_CONFIG_HOME", home.resolve(".config").toString());
    environment.put("SSL_CERT_FILE", authorities().toString());
    environment.put("CURL_CA_BUNDLE", authorities().toString());
    environment.put("TERM", "xterm");
    return environment;
  }

  /** The mails sent by this user whose text contains these words. */
  long sent(Condition condition, String words) {
    return scene.cloud.mails().stream()
        .filter(mail -> mail.user().equals(condition.user()) && mail.content().contains(words))
        .count();
  }

  /** The token served to this user; empty where there is none. */
  String token(Condition condition) throws Exception {
    return switch (condition) {
      case FINE, LONG_TOKEN, REFUSED -> scene.broker.token(condition.user());
      case SIGN_IN_NEEDED, PROVIDER_DOWN, BROKER_DOWN -> "";
    };
  }

  /** Where one signs in. */
  String webUrl() {
    return scene.broker.webUrl().toString();
  }

  /** What the servers said, for a failure's message. */
  String log() throws IOException {
    return scene.broker.log() + dovecot.log();
  }

  /** Lets other users look into a directory, or at a file. */
  private static Path readable(Path path) throws IOException {
    String mode = Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--";
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  @Override
  public void close() throws IOException {
    dovecot.close();
    relay.close();
    scene.close();
    line.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
