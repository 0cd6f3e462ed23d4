package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cloudmdirsync.simulator.HttpFault;
import org.cloudmdirsync.simulator.MailFault;
import org.cloudmdirsync.simulator.Options;
import org.cloudmdirsync.simulator.Service;
import org.cloudmdirsync.simulator.Simulator;
import org.cloudmdirsync.simulator.Switch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The built doctor before the pretend cloud: each fault is the first failure, with its remedy. */
@Execution(ExecutionMode.CONCURRENT)
class DoctorIT {
  private static final String EXIM = "Debian-exim";
  private static final int UNAVAILABLE = 69;
  private static final int TRY_AGAIN = 75;
  private static final int NO_PERMISSION = 77;
  private static final int CONFIGURATION = 78;

  @TempDir Path directory;

  @Test
  void allIsWell() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      Run run = doctor(scene, Scene.USER);
      assertThat(run.status()).as(run.said()).isZero();
      assertThat(run.out())
          .contains("All is well.", "SMTP sign-in", "IMAP sign-in", "XOAUTH2", "SMTP.Send")
          .doesNotContain("FAILED", "skipped", "\u001b");
    }
  }

  @Test
  void programsReadTheSame() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      Run run = doctor(scene, "--json");
      assertThat(run.status()).as(run.said()).isZero();
      assertThat(run.out()).startsWith("{").contains("\"healthy\": true", "\"SMTP sign-in\"");
    }
  }

  /** The refresh token is a daemon's: to use it here could replace it behind a daemon's back. */
  @Test
  void withoutADaemonItSaysSoExaminesTheRestAndUsesNoRefreshToken() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      scene.broker.stop();
      int refreshes = scene.cloud.counters().get("token.refresh_token");
      Run run = doctor(scene);
      breaks(run, UNAVAILABLE, "socket", "no daemon serves", "systemctl --user start");
      assertThat(run.out())
          .contains("ok      stored sign-in " + Scene.USER + ": there and readable")
          .contains("ok      discovery", "ok      SMTP mechanisms")
          .contains("skipped SMTP sign-in");
      assertThat(scene.cloud.counters().get("token.refresh_token")).isEqualTo(refreshes);
    }
  }

  @Test
  void nobodyHasSignedIn() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      scene.broker.start();
      Run run = doctor(scene);
      breaks(run, NO_PERMISSION, "stored sign-in", "Nobody is signed in", "login " + Scene.USER);
      assertThat(run.out()).contains("FAILED  SMTP token");
    }
  }

  /** As under a unit that gives the daemon a state directory of its own. */
  @Test
  void aDaemonThatKeepsItsSignInsElsewhereIsBelieved() throws Exception {
    String unnamed = Broker.microsoft(Scene.USER).replace("cfg.state_dir = \"{state}\"\n", "");
    try (Scene scene = Scene.set(directory, unnamed)) {
      scene.broker.setEnvironment("XDG_STATE_HOME", directory.resolve("daemons").toString());
      scene.broker.start().signIn(Scene.USER);
      String mine = directory.resolve("mine").toString();
      Run run = doctor(scene, Map.of("XDG_STATE_HOME", mine));
      assertThat(run.status()).as(run.said()).isZero();
      assertThat(run.out())
          .contains("skipped stored sign-in " + Scene.USER + ": there is no " + mine)
          .contains("cfg.state_dir", "ok      SMTP sign-in");
      scene.broker.stop();
      assertThat(doctor(scene, Map.of("XDG_STATE_HOME", mine)).out())
          .contains("FAILED  stored sign-in");
    }
  }

  @Test
  void aWrongTenant() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      scene.broker.start();
      scene.cloud.httpFaults().always("metadata", new HttpFault.Aadsts(90002));
      breaks(doctor(scene), CONFIGURATION, "discovery", "no such tenant", "Check tenant");
    }
  }

  @Test
  void aWrongClock() throws Exception {
    InstantSource ahead = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(90));
    Simulator cloud = Simulator.open(Options.standard().with(ahead));
    try (Scene scene = Scene.set(directory, Broker.microsoft(Scene.USER), cloud)) {
      scene.broker.start().signIn(Scene.USER);
      breaks(doctor(scene), UNAVAILABLE, "clock", "90 minutes behind", "timedatectl set-ntp true");
    }
  }

  @Test
  void aCaptivePortal() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      scene.cloud.httpFaults().always("metadata", HttpFault.captivePortal());
      breaks(doctor(scene), TRY_AGAIN, "discovery", "captive portal", "in a browser");
    }
  }

  @Test
  void anotherAuthorityInBetween() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      scene.cloud.switches().set(Switch.CERTIFICATE_HTTPS, "untrusted");
      Run run = doctor(scene);
      breaks(run, UNAVAILABLE, "TLS", "an authority that is not in", "$SSL_CERT_FILE");
      assertThat(run.out())
          .contains("skipped clock", "skipped discovery", "ok      SMTP sign-in")
          .containsPattern("certificate of “[^”]+”");
    }
  }

  @Test
  void anExpiredCertificateOfAMailServer() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      scene.cloud.switches().set(Switch.CERTIFICATE_MAIL, "expired");
      breaks(doctor(scene), UNAVAILABLE, "SMTP server", "has expired", "must renew it");
    }
  }

  @Test
  void sendingIsSwitchedOffForEverybody() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      scene.cloud.mailFaults().always("smtp.credentials", MailFault.disabledForTenant());
      Run run = doctor(scene);
      breaks(
          run,
          NO_PERMISSION,
          "SMTP sign-in",
          "SMTP AUTH is disabled for the tenant",
          "Set-CASMailbox -Identity " + Scene.USER);
      assertThat(run.out()).contains("They say: 535 5.7.139", "ok      IMAP sign-in");
    }
  }

  @Test
  void sendingIsSwitchedOffForTheMailbox() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      scene
          .cloud
          .mailFaults()
          .always(
              "smtp.credentials",
              new MailFault.Reply(
                  "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled"
                      + " for the Mailbox. Visit https://aka.ms/smtp_auth_disabled"));
      breaks(doctor(scene), NO_PERMISSION, "SMTP sign-in", "for this mailbox", "Set-CASMailbox");
    }
  }

  @Test
  void aScopeThatWasNotGranted() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      scene
          .cloud
          .httpFaults()
          .always(
              "token", HttpFault.with("scope", "https://outlook.office.com/IMAP.AccessAsUser.All"));
      scene.broker.start();
      try {
        scene.broker.signIn(Scene.USER);
      } catch (AssertionError notAll) {
        // The page says that something is missing; the doctor is to say it too.
      }
      Run run = doctor(scene);
      assertThat(run.status()).as(run.said()).isEqualTo(NO_PERMISSION);
      assertThat(run.out()).contains("FAILED");
    }
  }

  /** A scope of Graph: Microsoft issues a token, and no mail server takes it. */
  @Test
  void aTokenForSomebodyElse() throws Exception {
    String configuration =
        Broker.microsoft(Scene.USER)
            .replace(
                "authority=",
                "scopes={\"SMTP\": [\"https://graph.microsoft.com/Mail.Send\"]}, authority=")
            .replace("\"SMTP\", \"IMAP\"]", "\"SMTP\"]");
    try (Scene scene = Scene.set(directory, configuration)) {
      scene.broker.start().signIn(Scene.USER);
      breaks(
          doctor(scene),
          CONFIGURATION,
          "SMTP audience",
          "The token is for https://graph.microsoft.com",
          "https://outlook.office.com/SMTP.Send");
    }
  }

  @Test
  void aConfigurationThatIsWrong() throws Exception {
    try (Scene scene = Scene.set(directory, "account = Office365_Acount(user=\"a@b.c\")\n")) {
      breaks(doctor(scene), CONFIGURATION, "configuration", ":1:11: ", "man cms.cfg");
    }
  }

  /** A closed directory and a closed socket; the commands it names mend both, for a real user. */
  @Test
  void aConsumerThatMayNotConnect() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    try (Scene scene = Scene.signedIn(directory)) {
      Run run = doctor(scene, "--as", EXIM);
      breaks(
          run,
          NO_PERMISSION,
          "rights of " + EXIM,
          "the search right (x) on the directory " + directory.toRealPath(),
          "chmod o+x " + directory.toRealPath());
      assertThat(run.out()).contains("ok      SMTP sign-in");
      mend(run);
      Run mended = doctor(scene, "--as", EXIM);
      assertThat(mended.status()).as(mended.said()).isZero();
      assertThat(mended.out()).contains(EXIM + " may connect, tried");
    }
  }

  private static void mend(Run run) throws Exception {
    String commands = run.out().split("What to do: ")[1].split(";")[0];
    Run mended = Run.of(Map.of(), "", List.of("/bin/sh", "-c", commands));
    assertThat(mended.status()).as(commands + ": " + mended.said()).isZero();
  }

  @Test
  void aUserWhoIsNotThere() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      assertThat(doctor(scene, "--as", "nobody-at-all").status()).isEqualTo(64);
      Run run = doctor(scene, "bob@example.com");
      assertThat(run.status()).as(run.said()).isEqualTo(67);
      assertThat(run.err())
          .contains("no account bob@example.com; there are [" + Scene.USER + "]")
          .doesNotContain("Usage");
    }
  }

  @Test
  void anAccountThatNothingUses() throws Exception {
    try (Scene scene = Scene.set(directory, "ann = Office365_Account(user=\"ann@b.c\")\n")) {
      Run run = doctor(scene);
      breaks(
          run,
          CONFIGURATION,
          "configuration",
          "cms.cfg:1:7: nothing uses the account of ann@b.c",
          "in a CredentialServer");
    }
  }

  @Test
  void anOwnExplanationCountsFirst() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      scene.cloud.mailFaults().always("smtp.credentials", MailFault.disabledForTenant());
      Path own = directory.resolve("explanations.txt");
      Files.writeString(own, Documents.block("docs/doctor.md", "match:").text());
      breaks(doctor(scene), NO_PERMISSION, "SMTP sign-in", "applied for", "helpdesk@example.com");
      Files.writeString(own, "match: x\nkind: whatever\nmeans: y\ndo: z\n");
      breaks(doctor(scene), CONFIGURATION, "configuration", own + ":2: ", "docs/doctor.md");
    }
  }

  /** In every shape that secrets have, put wherever they may come from. */
  private static final List<String> SEEDS =
      List.of(
          "hunter2seed",
          "sEedClientSecret0",
          "GOCSPX-seedseedseed0123456789",
          "eyJzZWVkIjoxfQ.eyJzZWVkIjoyfQ.c2VlZHNlZWQ",
          "ya29.seedSeedSeed012345",
          "1//0gSeedSeedSeedSeed0123456789",
          "0.AXkAseedSeedSeed0123456789seed",
          "M.C523_BAY.0.U.-SeedSeed0123456789",
          "seedRefreshToken0123456789abcdefXYZ_-seed",
          "4/0AseedCodeCode0123",
          "seedBearerXyz1");

  private static final String SPOKEN =
      "Authorization: Bearer seedBearerXyz1\r\n"
          + "access eyJzZWVkIjoxfQ.eyJzZWVkIjoyfQ.c2VlZHNlZWQ and ya29.seedSeedSeed012345,"
          + " refresh 1//0gSeedSeedSeedSeed0123456789 or 0.AXkAseedSeedSeed0123456789seed"
          + " or M.C523_BAY.0.U.-SeedSeed0123456789"
          + " refresh_token=seedRefreshToken0123456789abcdefXYZ_-seed"
          + " http://127.0.0.1:8080/oauth2/x?code=4/0AseedCodeCode0123&state=x"
          + " GOCSPX-seedseedseed0123456789";

  @Test
  void theBundleHoldsNoSecretWhereverOneWasPut() throws Exception {
    String configuration =
        Broker.microsoft(Scene.USER)
            .replace("authority=", "client_secret=\"sEedClientSecret0\", authority=");
    try (Scene scene = Scene.set(directory, configuration)) {
      scene.cloud.switches().set(Switch.CLIENT_SECRET, "ignore");
      scene.broker.start().signIn(Scene.USER);
      scene.cloud.httpFaults().always("metadata", HttpFault.oauthError("invalid_grant", SPOKEN));
      String oneLine = SPOKEN.replace("\r\n", " ");
      scene
          .cloud
          .mailFaults()
          .always("smtp.credentials", new MailFault.Reply("535 5.7.3 " + oneLine));
      scene.cloud.mailFaults().always("imap.credentials", new MailFault.Reply("NO " + oneLine));
      String token = scene.broker.token(Scene.USER);
      Path bundle = directory.resolve("bundle.txt");
      Run run = doctor(scene, seededEnvironment(), "--bundle=" + bundle);
      assertThat(run.status()).as(run.said()).isNotZero();
      String text = Files.readString(bundle);
      assertThat(text).doesNotContain(SEEDS).doesNotContain(token, Scene.USER, "sEedClientSecret");
      assertThat(text)
          .contains(
              "== Findings", "== Log", "user1@example.invalid", "535 5.7.3", "a line of a log")
          .contains("client_id", "https://localhost:" + scene.cloud.port(Service.HTTPS))
          .contains("HTTPS_PROXY=http://<removed>@localhost:1");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bundle)))
          .isEqualTo("rw-------");
    }
  }

  /** With a proxy's password, a token, and a journal that tells everything. */
  private Map<String, String> seededEnvironment() throws IOException {
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Path journal = bin.resolve("journalctl");
    Files.writeString(
        journal,
        "#!/bin/sh\ncat <<'END'\na line of a log by " + Scene.USER + "\n" + SPOKEN + "\nEND\n");
    Files.setPosixFilePermissions(journal, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", bin + ":" + System.getenv("PATH"));
    environment.put("HTTPS_PROXY", "http://ann:hunter2seed@localhost:1");
    environment.put("MY_API_TOKEN", "seedBearerXyz1");
    return environment;
  }

  private static Run doctor(Scene scene, String... arguments) throws Exception {
    return doctor(scene, Map.of(), arguments);
  }

  private static Run doctor(Scene scene, Map<String, String> more, String... arguments)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Programs.built("cloud-mdir-sync"),
                "doctor",
                "-c",
                scene.broker.configuration().toString(),
                "--smtp=localhost:" + scene.submissionPort(),
                "--imap=localhost:" + scene.cloud.port(Service.OFFICE365_IMAPS)));
    command.addAll(List.of(arguments));
    Map<String, String> environment = new HashMap<>(scene.broker.environment());
    environment.putAll(more);
    return Run.of(environment, "", command);
  }

  /** The first failure is this one, and it says so. */
  private static void breaks(Run run, int status, String where, String cause, String remedy) {
    assertThat(run.status()).as(run.said()).isEqualTo(status);
    String conclusion = run.out().substring(run.out().indexOf("It breaks at: "));
    assertThat(conclusion).as(run.said()).startsWith("It breaks at: " + where);
    assertThat(conclusion).contains(cause);
    assertThat(conclusion.substring(conclusion.indexOf("What to do: "))).contains(remedy);
  }
}
