package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudmdirsync.simulator.Client;
import org.cloudmdirsync.simulator.Options;
import org.cloudmdirsync.simulator.ReceivedMail;
import org.cloudmdirsync.simulator.Simulator;
import org.cloudmdirsync.simulator.Switch;

/**
 * Users who followed the documentation. Each is a program of its own, to be run in an {@link
 * OwnNetwork}.
 */
enum AsDelivered {
  /** The specification's own three lines, and its own command: only XXX is replaced. */
  SPECIFICATION(
      "user@domain.com",
      Documents.block("docs/outbound-mail-through-smtp.md", "CredentialServer").with("XXX", 1000),
      ""),

  /** README's five minutes. */
  README("user@domain.com", Documents.block("README.md", "Office365_Account").text(), ""),

  GMAIL(
      "user@gmail.com",
      """
      account = GMail_Account(user="user@gmail.com", client_id="ours", client_secret="our secret")
      CredentialServer("/var/run/user/1000/cms.sock", accounts=[account], protocols=["SMTP", "IMAP"])
      """,
      ""),

  /** A file from before Google tied a secret to each client. */
  LEGACY_GMAIL(
      "user@gmail.com",
      """
      account = GMail_Account(user="user@gmail.com")
      GMail("inbox", account)
      CredentialServer("/var/run/user/1000/cms.sock", accounts=[account], protocols=["SMTP", "IMAP"])
      """,
      """
      Registration("google", client_id="ours", client_secret="our secret")
      """);

  private static final List<Client> REGISTERED =
      List.of(
          new Client(
              "122f4826-adf9-465d-8e84-e9d00bc9f234",
              Client.Kind.SPA,
              List.of("http://127.0.0.1:8080/oauth2/msal"),
              Optional.empty()),
          new Client(
              "ours",
              Client.Kind.WEB,
              List.of("http://127.0.0.1:8080/oauth2/gmail"),
              Optional.of("our secret")));

  private final String user;
  private final String configuration;
  private final String registrations;

  /** {@code registrations} is what stands in registrations.cfg; without it there is no file. */
  AsDelivered(String user, String configuration, String registrations) {
    this.user = user;
    this.configuration = configuration;
    this.registrations = registrations;
  }

  /** In a network of its own: with an empty directory, and the user's name. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    AsDelivered user = valueOf(arguments[1]);
    try (Simulator cloud = user.cloud()) {
      OwnNetwork.trust(directory, cloud.caFile());
      REGISTERED.forEach(cloud.directory()::register);
      cloud.switches().set(Switch.REQUIRE_REGISTERED, true);
      user.live(cloud, directory);
    }
    System.out.println("done");
  }

  private Simulator cloud() throws IOException {
    return Simulator.open(
        Options.standard()
            .at(InetAddress.getLoopbackAddress(), OwnNetwork.NAMES)
            .withPorts(ports()));
  }

  /** Where the cloud's services are in the field. */
  private Map<String, Integer> ports() {
    return switch (this) {
      case SPECIFICATION, README -> Map.of("https", 443, "office365-submission", 587);
      case GMAIL, LEGACY_GMAIL -> Map.of("https", 443, "gmail-submission", 587, "gmail-imaps", 993);
    };
  }

  /** What one types to try the token, and the words in which each must end. */
  private Map<String, String> trials() {
    String office365 = "reply: retcode (235); Msg: b'2.7.0 Authentication successful'";
    String gmail = "cms-oauth --user=user@gmail.com --cms_sock=/var/run/user/1000/cms.sock --test-";
    return switch (this) {
      case SPECIFICATION ->
          Map.of(
              Documents.block("docs/outbound-mail-through-smtp.md", "--test-smtp")
                  .with("XXX", 1000)
                  .substring("$ ".length()),
              office365);
      case README -> Map.of(Documents.block("README.md", "--test-smtp").with("./", ""), office365);
      case GMAIL, LEGACY_GMAIL ->
          Map.of(
              gmail + "smtp=smtp.gmail.com",
              "reply: retcode (235); Msg: b'2.7.0 Accepted'",
              gmail + "imap=imap.gmail.com",
              "< b'CMSA2 OK SELECT completed.'");
    };
  }

  private void live(Simulator cloud, Path directory) throws Exception {
    if (!registrations.isEmpty()) {
      Files.writeString(directory.resolve("registrations.cfg"), registrations);
    }
    try (Broker broker = Broker.asDelivered(cloud, directory, configuration)) {
      run(directory, broker, "cloud-mdir-sync check");
      broker.start().signIn(user);
      for (var trial : trials().entrySet()) {
        Run run = run(directory, broker, trial.getKey());
        assertThat(run.err().strip()).endsWith(trial.getValue());
      }
      sendByMsmtp(cloud, directory, broker);
      assertThat(broker.stop()).isZero();
    }
  }

  /** With the example as it is. */
  private void sendByMsmtp(Simulator cloud, Path directory, Broker broker) throws Exception {
    Programs.installed("msmtp");
    Path configuration = directory.resolve(".msmtprc");
    Files.writeString(configuration, Documents.example("msmtprc"));
    Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-------"));
    String account = user.equals("user@gmail.com") ? "gmail" : "office365";
    run(directory, broker, Documents.block("docs/msmtp.md", "msmtp -a").with("office365", account));
    assertThat(cloud.mails()).extracting(ReceivedMail::user).containsExactly(user);
  }

  private static Run run(Path directory, Broker broker, String command) throws Exception {
    String there = "cd %s; PATH=%s:$PATH; ".formatted(directory, Programs.directory());
    Run run = Run.of(broker.environment(), "", List.of("sh", "-c", there + command));
    assertThat(run.status()).as(run.said()).isZero();
    return run;
  }
}
