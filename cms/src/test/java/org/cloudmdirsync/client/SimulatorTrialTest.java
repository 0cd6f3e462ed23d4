package org.cloudmdirsync.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cloudmdirsync.dialogue.Outcome;
import org.cloudmdirsync.dialogue.Server;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.simulator.MailFault;
import org.cloudmdirsync.simulator.Options;
import org.cloudmdirsync.simulator.Service;
import org.cloudmdirsync.simulator.Simulator;
import org.cloudmdirsync.simulator.Switch;
import org.cloudmdirsync.smtp.Envelope;
import org.cloudmdirsync.smtp.SmtpClient;
import org.cloudmdirsync.tls.Trust;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trials and mail on the pretend cloud, which shares no code with ours. */
class SimulatorTrialTest {
  private static final String SMTP = "https://outlook.office.com/SMTP.Send";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String REDIRECT = "http://127.0.0.1:8080/oauth2/msal";

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Simulator simulator;
  private String token;

  @BeforeEach
  void open() throws Exception {
    simulator = Simulator.open(Options.standard());
    token = token("ann@example.com");
  }

  @AfterEach
  void close() throws Exception {
    simulator.close();
  }

  @Test
  void aGoodTokenPasses() {
    assertThat(trial("ann@example.com")).isZero();
    assertThat(said().strip())
        .endsWith("reply: retcode (235); Msg: b'2.7.0 Authentication successful'")
        .doesNotContain(token);
  }

  @Test
  void anotherUsersAndExpiredTokensAreRefused() {
    assertThat(trial("bob@example.com")).isEqualTo(77);
    simulator.expireAccessTokens();
    assertThat(trial("ann@example.com")).isEqualTo(77);
    assertThat(said()).contains("535 5.7.3", "sign in again");
  }

  @Test
  void serversHaveBadDays() {
    simulator.mailFaults().next("smtp.auth", MailFault.disabledForTenant());
    assertThat(trial("ann@example.com")).isEqualTo(77);
    assertThat(said()).contains("switched sending by SMTP off");
    simulator.mailFaults().next("smtp.auth", MailFault.tooManyLogins());
    assertThat(trial("ann@example.com")).isEqualTo(75);
    simulator.mailFaults().next("smtp.auth", MailFault.closing());
    assertThat(trial("ann@example.com")).isEqualTo(75);
    simulator.switches().set(Switch.CERTIFICATE_MAIL, "expired");
    assertThat(trial("ann@example.com")).isEqualTo(69);
    assertThat(said()).contains("has expired");
  }

  @Test
  void theTwoStepsPassWhereACommandHas512Bytes() {
    simulator.switches().set(Switch.SMTP_COMMAND_LIMIT, 512);
    simulator.switches().set(Switch.SMTP_CHALLENGE_SPACE, false);
    assertThat(trial("ann@example.com")).isZero();
  }

  @Test
  void mailArrives() {
    Outcome outcome =
        new SmtpClient(trust(), Duration.ofSeconds(20), _ -> {})
            .send(
                server(),
                "ann@example.com",
                Secret.of(token),
                new Envelope("ann@example.com", List.of("bob@example.net")),
                "Subject: dots\n\n.one\n".getBytes(UTF_8));
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    assertThat(simulator.mails())
        .singleElement()
        .satisfies(mail -> assertThat(mail.content()).endsWith("Subject: dots\r\n\r\n.one\r\n"));
  }

  private int trial(String user) {
    return MailTrial.run(
        new MailTrial.Target.Smtp(server()),
        user,
        Secret.of(token),
        Map.of("SSL_CERT_FILE", simulator.caFile().toString()),
        new PrintStream(err, true, UTF_8));
  }

  private Server server() {
    int port = simulator.port(Service.OFFICE365_SUBMISSION);
    return new Server("localhost", port, Server.Encryption.STARTTLS);
  }

  private Trust trust() {
    return Trust.system(Map.of("SSL_CERT_FILE", simulator.caFile().toString()));
  }

  private String said() {
    return err.toString(UTF_8);
  }

  /** Signs in as a browser and a client would, over plain HTTP. */
  private String token(String user) throws Exception {
    String code =
        post(
                "/common/oauth2/v2.0/authorize",
                "response_type",
                "code",
                "client_id",
                "app",
                "redirect_uri",
                REDIRECT,
                "scope",
                SMTP,
                "state",
                "s",
                "code_challenge",
                CHALLENGE,
                "code_challenge_method",
                "S256",
                "user",
                user,
                "decision",
                "allow")
            .headers()
            .firstValue("Location")
            .orElseThrow()
            .replaceFirst(".*[?&]code=([^&]*).*", "$1");
    String tokens =
        post(
                "/common/oauth2/v2.0/token",
                "grant_type",
                "authorization_code",
                "client_id",
                "app",
                "code",
                code,
                "redirect_uri",
                REDIRECT,
                "code_verifier",
                VERIFIER,
                "scope",
                SMTP)
            .body();
    Matcher found = Pattern.compile("\"access_token\" *: *\"([^\"]+)\"").matcher(tokens);
    assertThat(found.find()).as(tokens).isTrue();
    return found.group(1);
  }

  private HttpResponse<String> post(String path, String... pairs) throws Exception {
    List<String> form = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      form.add(pairs[i] + "=" + URLEncoder.encode(pairs[i + 1], UTF_8));
    }
    URI uri = simulator.http().resolve(path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(uri)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      form.stream().collect(Collectors.joining("&"))))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
