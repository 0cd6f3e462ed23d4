package org.cloudmdirsync.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.cloudmdirsync.credential.CredentialReply.Kind;
import org.cloudmdirsync.credential.CredentialReply.Refusal;
import org.cloudmdirsync.dialogue.Explanation;
import org.cloudmdirsync.dialogue.Explanations;
import org.cloudmdirsync.dialogue.Outcome;
import org.cloudmdirsync.dialogue.Server;
import org.cloudmdirsync.doctor.Finding.Failed;
import org.cloudmdirsync.doctor.Finding.Fault;
import org.cloudmdirsync.http.Http;
import org.cloudmdirsync.imap.ImapClient;
import org.cloudmdirsync.oauth.ClientRegistration;
import org.cloudmdirsync.oauth.Endpoints;
import org.cloudmdirsync.oauth.TokenEndpoint;
import org.cloudmdirsync.oauth.TokenResponse;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.simulator.MailFault;
import org.cloudmdirsync.simulator.Options;
import org.cloudmdirsync.simulator.Service;
import org.cloudmdirsync.simulator.Simulator;
import org.cloudmdirsync.smtp.SmtpClient;
import org.cloudmdirsync.tls.Trust;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What providers answered in the field, each in a file: how it arrives here through the real
 * clients, and what the doctor makes of it.
 */
class DiagnosisTest {
  private static final Path FAILURES = Path.of("src/test/resources/doctor/failures");
  private static final String USER = "ann@example.com";
  private static final Secret TOKEN = Secret.of("a-token-that-nobody-issued");

  private static Simulator simulator;

  private final Diagnosis diagnosis = new Diagnosis(Explanations.none());

  @BeforeAll
  static void open() throws IOException {
    simulator = Simulator.open(Options.standard());
  }

  @AfterAll
  static void close() throws IOException {
    simulator.close();
  }

  static Stream<Path> failures() throws IOException {
    try (Stream<Path> files = Files.list(FAILURES)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void knowsCauseAndRemedy(Path recorded) throws Exception {
    Properties expected = new Properties();
    try (var in =
        Files.newBufferedReader(Path.of(recorded.toString().replace(".txt", ".expect")))) {
      expected.load(in);
    }
    Failed failed = heard(Files.readString(recorded));
    assertThat(failed.cause()).contains(expected.getProperty("cause"));
    assertThat(failed.remedy()).contains(expected.getProperty("remedy"));
    assertThat(failed.fault()).hasToString(expected.getProperty("fault"));
    assertThat(failed.said()).as("the provider's own words").isPresent();
  }

  @Test
  void thereAreFortyOfThem() throws IOException {
    assertThat(failures()).hasSizeGreaterThanOrEqualTo(40);
  }

  private Failed heard(String recorded) throws Exception {
    String[] parts = recorded.strip().split("\n", 2);
    String[] head = parts[0].split(" ");
    return switch (head[0]) {
      case "token" ->
          token(
              Integer.parseInt(head[1]), head.length > 2 ? head[2] : "application/json", parts[1]);
      case "smtp" -> smtp(parts[1]);
      case "imap" -> imap(parts[1]);
      case String other -> throw new AssertionError(other);
    };
  }

  /** As the daemon hears it and passes it on. */
  private Failed token(int status, String type, String body) throws Exception {
    TokenResponse response = answered(status, type, body);
    Refusal refusal =
        switch (response) {
          case TokenResponse.Refused(var remedy, String error, String description, _) ->
              new Refusal(
                  remedy == TokenResponse.Remedy.CONFIGURATION
                      ? Kind.MISCONFIGURED
                      : Kind.SIGN_IN_NEEDED,
                  description.isEmpty() ? error : description,
                  Optional.empty());
          case TokenResponse.Unavailable(String reason, _) ->
              new Refusal(Kind.TEMPORARILY_UNAVAILABLE, reason, Optional.empty());
          case TokenResponse.Granted _, TokenResponse.Unusable _ ->
              throw new AssertionError("no failure: " + body);
        };
    return diagnosis.refusal(refusal, USER);
  }

  private static TokenResponse answered(int status, String type, String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Content-Type", type);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    URI at = URI.create("http://localhost:" + server.getAddress().getPort() + "/token");
    try (Http http = new Http(Trust.system(Map.of()), Map.of())) {
      return new TokenEndpoint(http)
          .refresh(
              Endpoints.of(at, at),
              new ClientRegistration(
                  "cms", Optional.empty(), URI.create("http://127.0.0.1:8080/oauth2/x"), false),
              TOKEN,
              List.of("mail"));
    } finally {
      server.stop(0);
    }
  }

  private Failed smtp(String reply) {
    simulator.mailFaults().clear();
    simulator.mailFaults().next("smtp.credentials", new MailFault.Reply(reply));
    return failed(
        new SmtpClient(trust(), Duration.ofSeconds(10), _ -> {})
            .test(server(Service.OFFICE365_SUBMISSION, Server.Encryption.STARTTLS), USER, TOKEN));
  }

  private Failed imap(String reply) {
    simulator.mailFaults().clear();
    simulator.mailFaults().next("imap.credentials", new MailFault.Reply(reply));
    return failed(
        new ImapClient(trust(), Duration.ofSeconds(10), _ -> {})
            .test(server(Service.OFFICE365_IMAPS, Server.Encryption.IMPLICIT), USER, TOKEN));
  }

  private Failed failed(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused(String said, Explanation known) -> diagnosis.outcome(said, known, USER);
      case Outcome.Unavailable unavailable -> diagnosis.unavailable(unavailable, "wait", USER);
      case Outcome.Accepted accepted -> throw new AssertionError(accepted);
    };
  }

  private static Server server(Service service, Server.Encryption encryption) {
    return new Server("localhost", simulator.port(service), encryption);
  }

  private static Trust trust() {
    return Trust.system(Map.of("SSL_CERT_FILE", simulator.caFile().toString()));
  }

  @Test
  void whatTheUserWroteCountsFirst(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("explanations.txt");
    Files.writeString(
        file, "match: 5\\.7\\.3 |AADSTS53003\nkind: policy\nmeans: Ours.\ndo: Call 4711.\n");
    Diagnosis own = new Diagnosis(Explanations.of(file));
    Explanation known = new Explanation(Explanation.Kind.TOKEN, "No.", "Sign in.");
    assertThat(own.outcome("535 5.7.3 no", known, USER).remedy()).isEqualTo("Call 4711.");
    assertThat(own.words("AADSTS53003: Blocked.").orElseThrow().cause()).isEqualTo("Ours.");
  }

  /** The daemon knows the account, and so the page. */
  @Test
  void theDaemonsWordsNameThePage() {
    Refusal refusal =
        new Refusal(
            Kind.MISCONFIGURED,
            "AADSTS90094: Admin. — an administrator must consent: ask them to open https://x.example",
            Optional.empty());
    Failed failed = diagnosis.refusal(refusal, USER);
    assertThat(failed.remedy()).contains("open https://x.example");
    assertThat(failed.cause()).contains("administrator's consent");
  }

  @Test
  void wordsThatNobodyKnowsAreStillSplit() {
    Refusal refusal =
        new Refusal(
            Kind.MISCONFIGURED,
            "Something odd — an error unknown to this program",
            Optional.of("http://127.0.0.1:8080/"));
    Failed failed = diagnosis.refusal(refusal, USER);
    assertThat(failed.fault()).isEqualTo(Fault.CONFIGURATION);
    assertThat(failed.cause()).isEqualTo("An error unknown to this program.");
    assertThat(failed.said()).contains("Something odd");
    assertThat(failed.remedy())
        .contains("configuration", "login " + USER + ", or open http://127.0.0.1:8080/");
  }
}
