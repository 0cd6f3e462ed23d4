package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cloudmdirsync.simulator.HttpFault;
import org.cloudmdirsync.simulator.MailFault;
import org.cloudmdirsync.simulator.ReceivedMail;
import org.cloudmdirsync.simulator.Switch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real exim4, delivering under its own user, with the example's configuration; only its places
 * differ. Two accounts on one server: the envelope sender chooses.
 */
class EximIT {
  private static final String BOTH =
      """
      ann = Office365_Account(user="ann@example.com", authority="{cloud}")
      ben = Office365_Account(user="ben@example.org", authority="{cloud}")
      CredentialServer("{socket}", accounts=[ann, ben], umask=0o666)
      cfg.web_url = "{web}"
      cfg.state_dir = "{state}"
      """;

  private static final String SMARTHOSTS =
      """
      example.org: host=localhost::PORT user=ben@example.org oauth=SOCKET
      *:           host=localhost::PORT user=ann@example.com oauth=SOCKET
      """;

  @TempDir Path directory;

  @Test
  void sendsAsTheEnvelopeSenderSays() throws Exception {
    try (Scene scene = bothSignedIn()) {
      send("ben@example.org");
      send("ann@example.com");
      assertThat(scene.cloud.mails())
          .as(log())
          .extracting(ReceivedMail::user)
          .containsExactly("ben@example.org", "ann@example.com");
    }
  }

  @Test
  void sendsABounceByTheAccountForOthers() throws Exception {
    try (Scene scene = bothSignedIn()) {
      send("<>");
      assertThat(scene.cloud.mails())
          .as(log())
          .extracting(ReceivedMail::sender, ReceivedMail::user)
          .containsExactly(tuple("", "ann@example.com"));
    }
  }

  @Test
  void callsTheUsersOfTheMachineByTheirAddresses() throws Exception {
    try (Scene scene = bothSignedIn()) {
      Files.writeString(directory.resolve("names"), "root: ben@example.org\n");
      sendTo("root", "root");
      sendTo("alice", "bob@example.net");
      assertThat(scene.cloud.mails())
          .as(log())
          .extracting(ReceivedMail::sender, ReceivedMail::recipients, ReceivedMail::user)
          .containsExactly(
              tuple("ben@example.org", List.of("ben@example.org"), "ben@example.org"),
              tuple("ann@example.com", List.of("bob@example.net"), "ann@example.com"));
      assertThat(scene.cloud.mails().getFirst().content()).contains("From: ben@example.org");
    }
  }

  @Test
  void keepsMailForAnUnknownUserOfTheMachine() throws Exception {
    try (Scene scene = bothSignedIn()) {
      sendTo("ann@example.com", "carol");
      assertThat(scene.cloud.mails()).isEmpty();
      assertWaits("no line in");
    }
  }

  @Test
  void keepsTheMailWhileTheBrokerIsAway() throws Exception {
    try (Scene scene = bothSignedIn()) {
      scene.broker.stop();
      send("ann@example.com");
      assertWaits("failed to connect to socket");
      scene.broker.start();
      assertGoesOut(scene);
    }
  }

  @Test
  void keepsTheMailWhileTheProviderIsAway() throws Exception {
    try (Scene scene = bothSignedIn()) {
      scene.broker.stop();
      scene.cloud.httpFaults().always("token", HttpFault.unavailable());
      scene.broker.start();
      send("ann@example.com");
      assertWaits("authentication attempt(s) failed");
      scene.cloud.httpFaults().clear();
      Eventually.holds(
          "a token again",
          Broker.PATIENCE,
          () -> !RawClient.token(scene.broker.socket(), "ann@example.com").isEmpty());
      assertGoesOut(scene);
    }
  }

  @Test
  void keepsTheMailUntilSomebodySignsIn() throws Exception {
    try (Scene scene = scene(SMARTHOSTS)) {
      scene.broker.start();
      send("ann@example.com");
      assertWaits("authentication attempt(s) failed");
      scene.broker.signIn("ann@example.com");
      assertGoesOut(scene);
    }
  }

  @Test
  void keepsTheMailWhenTheTokenIsRefused() throws Exception {
    try (Scene scene = bothSignedIn()) {
      scene.cloud.expireAccessTokens();
      send("ann@example.com");
      assertWaits("535 5.7.3");
    }
  }

  @Test
  void keepsTheMailWhenTheServerExplainsARefusalFirst() throws Exception {
    try (Scene scene = bothSignedIn()) {
      scene
          .cloud
          .mailFaults()
          .next(
              "smtp.credentials", new MailFault.Challenge("{\"status\":\"400\"}", "535 5.7.8 no"));
      send("ann@example.com");
      assertWaits("defer");
      assertGoesOut(scene);
    }
  }

  /** The longest that exim can say, with this user's name; and one that would freeze the mail. */
  @ParameterizedTest
  @ValueSource(ints = {3034, 3035, 15000})
  void keepsTheMailWhenTheTokenIsTooLong(int size) throws Exception {
    try (Scene scene = scene(SMARTHOSTS)) {
      scene.cloud.switches().set(Switch.TOKEN_SIZE, size);
      scene.broker.start().signIn("ann@example.com");
      send("ann@example.com");
      if (size == 3034) {
        assertThat(scene.cloud.mails()).as(log()).hasSize(1);
        return;
      }
      assertWaits("authentication attempt(s) failed");
      scene.cloud.switches().set(Switch.TOKEN_SIZE, 0);
      scene.broker.stop();
      scene.broker.start();
      assertGoesOut(scene);
    }
  }

  @Test
  void sendsWithAPassword() throws Exception {
    Path servers = Files.createDirectory(directory.resolve("dovecot"));
    String smarthosts =
        "*: host=localhost::DOVECOT user=ann@example.com password=" + Dovecot.PASSWORD + "\n";
    try (Relay relay = new Relay();
        Scene scene = scene(smarthosts);
        Dovecot dovecot = Dovecot.start(scene.cloud, servers, "plain", relay.port())) {
      Files.writeString(
          directory.resolve("smarthosts"),
          smarthosts.replace("localhost::DOVECOT", dovecot.submission().replace(":", "::")));
      Files.copy(dovecot.certificate(), directory.resolve("dovecot.pem"));
      configure("dovecot.pem");
      send("ann@example.com");
      assertThat(log()).contains("A=plain").contains("Completed").doesNotContain(Dovecot.PASSWORD);
    }
  }

  /** For an exim that is there already: with its own path and user. */
  @ParameterizedTest
  @ValueSource(strings = {"docs/outbound-mail-through-smtp.md", "docs/exim.md"})
  void takesTheAuthenticatorOfADocument(String document) throws Exception {
    String theirs = Documents.block(document, "begin authenticators").text();
    try (Scene scene = bothSignedIn()) {
      String configuration = Files.readString(configuration());
      Files.writeString(
          configuration(),
          configuration.substring(0, configuration.indexOf("begin authenticators"))
              + theirs
                  .replaceAll("/(home|run)/[^}]*", scene.broker.socket().toString())
                  .replace("user@domain.com", "ann@example.com"));
      send("ann@example.com");
      assertThat(log()).contains("A=xoauth2_smart");
      assertThat(scene.cloud.mails()).as(log()).hasSize(1);
    }
  }

  private Scene bothSignedIn() throws Exception {
    Scene scene = scene(SMARTHOSTS);
    scene.broker.start().signIn("ann@example.com").signIn("ben@example.org");
    return scene;
  }

  private Scene scene(String smarthosts) throws IOException {
    letEximIn();
    Scene scene = Scene.set(directory, BOTH);
    Path authority = Files.copy(scene.cloud.caFile(), directory.resolve("authority.pem"));
    Files.setPosixFilePermissions(authority, PosixFilePermissions.fromString("rw-r--r--"));
    Files.writeString(
        directory.resolve("smarthosts"),
        smarthosts
            .replace("PORT", Integer.toString(scene.submissionPort()))
            .replace("SOCKET", scene.broker.socket().toString()));
    configure("authority.pem");
    return scene;
  }

  /** The socket lies below this directory, and exim delivers as Debian-exim. */
  private void letEximIn() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path spool = Files.createDirectory(directory.resolve("spool"));
    Files.setOwner(
        spool,
        spool.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("Debian-exim"));
  }

  private Path configuration() {
    return directory.resolve("exim4.conf");
  }

  private void configure(String authority) throws IOException {
    String configuration = Documents.example("exim4.conf");
    for (var place : places(authority).entrySet()) {
      assertThat(configuration).contains(place.getKey());
      configuration = configuration.replace(place.getKey(), place.getValue());
    }
    Files.writeString(configuration(), configuration);
  }

  private Map<String, String> places(String authority) {
    return Map.of(
        "/etc/exim4/smarthosts\n",
        directory.resolve("smarthosts") + "\n",
        "/etc/email-addresses\n",
        directory.resolve("names") + "\n",
        "/var/spool/exim4",
        directory.resolve("spool").toString(),
        "/var/log/exim4",
        directory.resolve("spool/log").toString(),
        "tls_verify_certificates = system",
        "tls_verify_certificates = " + directory.resolve(authority));
  }

  private void send(String sender) throws IOException, InterruptedException {
    sendTo(sender, "bob@example.net");
  }

  private void sendTo(String sender, String recipient) throws IOException, InterruptedException {
    exim("-f", sender, "-odf", "-oi", recipient);
  }

  private void exim(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(Programs.installed("exim4"), "-C", configuration().toString()));
    command.addAll(List.of(arguments));
    Run run = Run.of(Map.of(), "Subject: by exim\n\nhello\n", command);
    assertThat(run.status()).as(run.said()).isZero();
  }

  private void assertWaits(String cause) throws IOException {
    assertThat(log())
        .contains("defer")
        .contains(cause)
        .doesNotContain("Frozen")
        .doesNotContain("Completed");
  }

  private void assertGoesOut(Scene scene) throws IOException, InterruptedException {
    exim("-qff");
    assertThat(scene.cloud.mails()).as(log()).hasSize(1);
  }

  private String log() throws IOException {
    return Files.readString(directory.resolve("spool/log/mainlog"));
  }
}
