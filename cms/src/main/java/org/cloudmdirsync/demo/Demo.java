package org.cloudmdirsync.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.cloudmdirsync.dialogue.Outcome;
import org.cloudmdirsync.dialogue.Server;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.simulator.ReceivedMail;
import org.cloudmdirsync.simulator.Service;
import org.cloudmdirsync.simulator.Switch;
import org.cloudmdirsync.smtp.Envelope;
import org.cloudmdirsync.smtp.SmtpClient;
import org.cloudmdirsync.tls.Trust;

/** The demo as a user reads it: each step is said, done with the real programs, and shown. */
public final class Demo {
  /** So short that the refresh ahead of expiry is seen while one watches. */
  private static final int FIRST_TOKEN_SECONDS = 6;

  /** As in the field: a slow machine must not see a token expire between two steps. */
  private static final int LATER_TOKENS_SECONDS = 3600;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final DemoStage stage;
  private final PrintStream out;
  private int step;
  private Instant firstTokenEnds = Instant.EPOCH;

  private Demo(DemoStage stage, PrintStream out) {
    this.stage = stage;
    this.out = out;
  }

  /**
   * Plays it once.
   *
   * @param keep whether to leave it running then, until the program is interrupted
   * @throws IOException with what went wrong, for the user
   */
  public static void play(PrintStream out, boolean keep) throws IOException, InterruptedException {
    try (DemoStage stage = DemoStage.set()) {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(stage::close));
      new Demo(stage, out).play();
      if (keep) {
        stage.runUntilInterrupted(out);
      }
    }
  }

  private void play() throws IOException, InterruptedException {
    say("A pretend provider runs on this machine: no account and no network are needed.");
    show(
        "sign-in server %s, mail server %s (TLS)", stage.cloud().https(), stage.submissionServer());
    startDaemon();
    signIn();
    watchRefresh();
    testSmtp();
    sendMail();
    sayWhatIsNext();
  }

  private void startDaemon() throws IOException, InterruptedException {
    say(
        "A configuration is written and the daemon started: cloud-mdir-sync -c %s"
            .formatted(stage.configuration()));
    stage.configurationText().lines().forEach(line -> show("%s", line));
    stage.startDaemon();
  }

  private void signIn() throws IOException, InterruptedException {
    say("A browser opens %s and %s signs in, once.".formatted(stage.webUrl(), DemoStage.USER));
    stage.cloud().switches().set(Switch.TOKEN_LIFE, FIRST_TOKEN_SECONDS);
    DemoBrowser browser = new DemoBrowser(Trust.system(stage.environment()));
    show("the page says: %s", browser.signIn(stage.webUrl(), DemoStage.USER));
    firstTokenEnds = InstantSource.system().instant().plusSeconds(FIRST_TOKEN_SECONDS);
    stage.cloud().switches().set(Switch.TOKEN_LIFE, LATER_TOKENS_SECONDS);
    show("cms-oauth --output=token prints a token: %s", fingerprint(token()));
  }

  private void testSmtp() throws IOException, InterruptedException {
    String server = stage.submissionServer();
    say(
        "The token is tried on the mail server: cms-oauth --user=%s --cms_sock=%s --test-smtp=%s"
            .formatted(DemoStage.USER, stage.socket(), server));
    show("… %s", lastLine(stage.client(true, client("--test-smtp=" + server))));
  }

  private void sendMail() throws IOException, InterruptedException {
    say("A mail is sent through it.");
    Server server =
        new Server(
            "localhost",
            stage.cloud().port(Service.OFFICE365_SUBMISSION),
            Server.Encryption.STARTTLS);
    Consumer<String> untold = _ -> {};
    Outcome outcome =
        new SmtpClient(Trust.system(stage.environment()), PATIENCE, untold)
            .send(
                server,
                DemoStage.USER,
                Secret.of(token()),
                new Envelope(DemoStage.USER, List.of("bob@example.net")),
                mail());
    if (!(outcome instanceof Outcome.Accepted)) {
      throw new IOException("the mail was not accepted: " + outcome);
    }
    ReceivedMail received = stage.cloud().mails().getLast();
    show("arrived for %s from %s", received.recipients(), received.sender());
  }

  private static byte[] mail() {
    return """
    From: Ann <%s>
    To: Bob <bob@example.net>
    Subject: Hello without a password
    Date: %s

    Sent with a token.
    """
        .formatted(
            DemoStage.USER,
            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                InstantSource.system().instant().atZone(ZoneOffset.UTC)))
        .getBytes(StandardCharsets.US_ASCII);
  }

  private void watchRefresh() throws IOException, InterruptedException {
    say("That token lives %d s only. Nobody asks for one now …".formatted(FIRST_TOKEN_SECONDS));
    if (!stage.cloud().counters().await("refreshes", 1, PATIENCE)) {
      throw new IOException("the token was not refreshed ahead of its expiry");
    }
    show("… and a fresh one is there, %s before the old one expires", until(firstTokenEnds));
    Thread.sleep(Duration.between(InstantSource.system().instant(), firstTokenEnds));
    show("the old one has expired; served now: %s", fingerprint(token()));
  }

  private void sayWhatIsNext() {
    out.printf(
"""

That is all of it. For your own account, write a cms.cfg such as

  account = Office365_Account(user="you@your-company.com")
  CredentialServer("%s/cms.sock", accounts=[account])

start cloud-mdir-sync beside it, sign in in the browser, and point your mail program at cms-oauth:
README.md says how, docs/providers.md has Gmail and the others.
""",
        Objects.requireNonNullElse(System.getenv("XDG_RUNTIME_DIR"), "/run/user/1000"));
  }

  private static String until(Instant then) {
    long millis = Duration.between(InstantSource.system().instant(), then).toMillis();
    return "%.1f s".formatted(millis / 1000.0);
  }

  private String token() throws IOException, InterruptedException {
    return stage.client(false, client("--output=token"));
  }

  private String[] client(String more) {
    return new String[] {"--user=" + DemoStage.USER, "--cms_sock=" + stage.socket(), more};
  }

  /** Shows that two tokens differ without showing either. */
  private static String fingerprint(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
      return "%d characters, fingerprint %s"
          .formatted(token.length(), HexFormat.of().formatHex(digest, 0, 4));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private static String lastLine(String text) {
    return text.lines().toList().getLast();
  }

  private void say(String what) {
    step++;
    out.printf("%n%d. %s%n", step, what);
  }

  private void show(String format, Object... values) {
    out.printf("   " + format + "%n", values);
  }
}
