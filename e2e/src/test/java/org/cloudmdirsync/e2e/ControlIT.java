package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.cloudmdirsync.simulator.HttpFault;
import org.cloudmdirsync.simulator.Switch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that ask a running daemon, as processes of their own. */
class ControlIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String EVE = "eve@example.com";

  private static final String TWO =
      Broker.microsoft(Scene.USER)
          + """
          eve = Office365_Account(user="%s", authority="{cloud}")
          CredentialServer("{socket}2", accounts=[eve])
          """
              .formatted(EVE);

  @TempDir Path directory;

  @Test
  void saysHowItStands() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      Run table = scene.broker.command("status");
      assertThat(table.status()).as(table.said()).isZero();
      assertThat(table.out())
          .contains(Scene.USER + " (Microsoft): ready")
          .contains("token until")
          .contains(scene.broker.socket() + " (SMTP, IMAP)");
      String file = scene.broker.configuration().toString();
      Run json = scene.broker.command("status", "--json", "--config=" + file);
      assertThat(json.out())
          .hasLineCount(1)
          .contains("\"version\":1", "\"condition\":\"ready\"", "\"next_refresh\":\"20");
    }
  }

  @Test
  void saysWhatToDoWithoutASignIn() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      scene.broker.startUntil("sign-in needed");
      assertThat(scene.broker.command("status").out())
          .contains("sign in needed", "cloud-mdir-sync login " + Scene.USER);
      assertThat(scene.broker.command("status", "--json").out())
          .contains("\"condition\":\"sign-in-needed\"");
    }
  }

  @Test
  void saysSoonThatNoDaemonRuns() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      for (String command : new String[] {"status", "reload", "events"}) {
        Instant start = Instant.now();
        Run run = scene.broker.command(command);
        assertThat(run.status()).as(run.said()).isEqualTo(69);
        assertThat(run.err()).contains("no daemon answers");
        assertThat(Duration.between(start, Instant.now())).isLessThan(PATIENCE);
      }
    }
  }

  @Test
  void refreshesNow() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      String before = scene.broker.token(Scene.USER);
      Run run = scene.broker.command("refresh", Scene.USER);
      assertThat(run.status()).as(run.said()).isZero();
      assertThat(scene.broker.token(Scene.USER)).isNotEqualTo(before);
      assertThat(scene.broker.command("refresh", "nobody@example.com").status()).isEqualTo(67);
      scene.cloud.httpFaults().always("token", new HttpFault.Answer(503, Map.of(), ""));
      Run failed = scene.broker.command("refresh", Scene.USER);
      assertThat(failed.status()).as(failed.said()).isEqualTo(75);
      assertThat(scene.broker.token(Scene.USER)).as("the old one is still good").isNotBlank();
    }
  }

  @Test
  void signsInWithAPastedAddress() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      scene.broker.startUntil("sign-in needed");
      scene.cloud.switches().set(Switch.AUTO_APPROVE, true);
      Terminal terminal = scene.broker.openCommand("login", Scene.USER, "--paste");
      terminal.await("Paste the whole address");
      String page = terminal.found("https://\\S+/authorize\\S+");
      terminal.type(scene.broker.redirected(page) + "\r");
      terminal.await("is signed in");
      assertThat(scene.broker.token(Scene.USER)).isNotBlank();
    }
  }

  @Test
  void saysWhyNobodyWasSignedIn() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      scene.broker.startUntil("sign-in needed");
      scene.cloud.switches().set(Switch.AUTO_APPROVE, true);
      scene.cloud.switches().set(Switch.CALLBACK_ERROR, "access_denied");
      Terminal terminal = scene.broker.openCommand("login", Scene.USER, "--paste");
      terminal.await("Paste the whole address");
      terminal.type(scene.broker.redirected(terminal.found("https://\\S+/authorize\\S+")) + "\r");
      Run run = terminal.leave("");
      assertThat(run.status()).as(run.said()).isEqualTo(77);
      assertThat(run.out()).contains("access_denied");
      assertThat(scene.broker.command("login", "nobody@example.com").status()).isEqualTo(67);
    }
  }

  @Test
  void isGivenUpWithCtrlC() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      scene.broker.startUntil("sign-in needed");
      Terminal terminal = scene.broker.openCommand("login", Scene.USER, "--device");
      terminal.await("type this code there");
      terminal.leave("\u0003");
      assertThat(scene.broker.command("status").out()).contains("sign in needed");
      assertThat(scene.broker.stop()).isZero();
    }
  }

  @Test
  void signsInWithACode() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      scene.broker.startUntil("sign-in needed");
      scene.cloud.switches().set(Switch.DEVICE_POLLS, 1);
      Terminal terminal = scene.broker.openCommand("login", Scene.USER, "--device");
      terminal.await("type this code there");
      assertThat(terminal.shows("--browser, --paste, --device")).isTrue();
      terminal.await("is signed in");
      assertThat(scene.broker.token(Scene.USER)).isNotBlank();
    }
  }

  @Test
  void signsInThroughATunnel() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      scene.broker.setEnvironment("SSH_CONNECTION", "10.0.0.1 5555 10.0.0.2 22");
      scene.broker.startUntil("sign-in needed");
      scene.broker.setEnvironment("BROWSER", "");
      scene.cloud.switches().set(Switch.AUTO_APPROVE, true);
      Terminal terminal = scene.broker.openCommand("login", Scene.USER);
      terminal.await("waiting until you have signed in");
      int port = scene.broker.webUrl().getPort();
      assertThat(terminal.shows("ssh -N -L %d:127.0.0.1:%d \\S+@10.0.0.2".formatted(port, port)))
          .isTrue();
      terminal.await("https://\\S+/authorize\\S+\\s");
      scene.broker.browse(URI.create(terminal.found("https://\\S+/authorize\\S+")));
      terminal.await("is signed in");
    }
  }

  @Test
  void signsOutAndTellsTheProviderWhereItCanBeTold() throws Exception {
    try (Scene scene = Scene.set(directory, Broker.generic(Scene.USER))) {
      scene.broker.start().signIn(Scene.USER);
      Run run = scene.broker.command("logout", Scene.USER);
      assertThat(run.status()).as(run.said()).isZero();
      assertThat(run.out()).isEqualTo(Scene.USER + " is signed out\n");
      assertThat(scene.broker.client("--user=" + Scene.USER).status()).isEqualTo(77);
      assertThat(scene.broker.command("status").out()).contains("sign in needed");
      assertThat(scene.broker.command("logout", Scene.USER).out()).contains("was not signed in");
      scene.broker.stop();
      scene.broker.startUntil("sign-in needed");
      scene.broker.signIn(Scene.USER);
      assertThat(scene.broker.token(Scene.USER)).isNotBlank();
    }
  }

  @Test
  void signsOutAndSaysWhatIsLeftToDo() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      Run run = scene.broker.command("logout", Scene.USER);
      assertThat(run.status()).as(run.said()).isZero();
      assertThat(run.out()).contains("is signed out", "https://myapps.microsoft.com");
    }
  }

  @Test
  void runsACommandForWhatHappens() throws Exception {
    Path told = directory.resolve("told");
    String command = "echo $CMS_EVENT $CMS_USER >> '%s'".formatted(told);
    try (Scene scene =
        Scene.set(
            directory, Broker.microsoft(Scene.USER) + "cfg.on_event = \"" + command + "\"\n")) {
      scene.broker.start().signIn(Scene.USER);
      Eventually.holds(
          "the command ran",
          PATIENCE,
          () -> Files.exists(told) && Files.readString(told).contains("signed-in " + Scene.USER));
      assertThat(Files.readAllLines(told).getFirst()).isEqualTo("sign-in-needed " + Scene.USER);
    }
  }

  @Test
  void tellsWhatHappens() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      Terminal events = scene.broker.openCommand("events");
      Eventually.holds(
          "an event",
          PATIENCE,
          () -> {
            scene.broker.command("refresh", Scene.USER);
            return events.shows("\"event\":\"token-obtained\",\"user\":\"" + Scene.USER);
          });
      scene.broker.stop();
      assertThat(events.leave("").status()).isEqualTo(69);
    }
  }

  @Test
  void loadsANewConfigurationAndKeepsTokens() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      String before = scene.broker.token(Scene.USER);
      scene.broker.configure(TWO);
      Run run = scene.broker.command("reload");
      assertThat(run.status()).as(run.said()).isZero();
      assertThat(scene.broker.token(Scene.USER)).isEqualTo(before);
      assertThat(Path.of(scene.broker.socket() + "2")).exists();
      scene.broker.signIn(EVE);
      assertThat(RawClient.token(Path.of(scene.broker.socket() + "2"), EVE)).isNotBlank();

      scene.broker.configure(
          Broker.microsoft(Scene.USER).replace("protocols=", "umask=0o660, protocols="));
      assertThat(scene.broker.command("reload").status()).isZero();
      assertThat(Path.of(scene.broker.socket() + "2")).doesNotExist();
      assertThat(scene.broker.command("status").out()).doesNotContain(EVE);
      assertThat(scene.broker.token(Scene.USER)).isEqualTo(before);
    }
  }

  /** Another port than the page's; somebody else's code on the page still counts after that. */
  @Test
  void aNewRedirectAddressIsListenedToAfterAReload() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      scene.broker.startUntil("sign-in needed");
      scene.cloud.switches().set(Switch.DEVICE_POLLS, 3);
      URI code = scene.broker.webUrl().resolve("device?user=" + Scene.USER);
      assertThat(scene.broker.browse(code).body()).contains("Type this code");
      String redirect = "http://127.0.0.1:%d/oauth2/msal".formatted(Broker.freePort());
      scene.broker.configure(
          TWO.replace("eve@example.com\"", "eve@example.com\", redirect_uri=\"" + redirect + "\""));
      Run run = scene.broker.command("reload");
      assertThat(run.status()).as(run.said()).isZero();
      scene.broker.signIn(EVE);
      assertThat(scene.broker.log()).contains(EVE + ": signed in");
      scene.broker.awaitLog(Scene.USER + ": signed in");
    }
  }

  @Test
  void aBrokenConfigurationLeavesTheOldOneRunning() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      String before = scene.broker.token(Scene.USER);
      scene.broker.configure("account = Office365_Acount()\n");
      Run run = scene.broker.command("reload");
      assertThat(run.status()).as(run.said()).isEqualTo(78);
      assertThat(run.err()).contains("cms.cfg:1:", "Office365_Account", "stays in force");
      assertThat(scene.broker.token(Scene.USER)).isEqualTo(before);

      scene.broker.configure(
          TWO.replace("{socket}2", directory.resolve("missing/x.sock").toString()));
      Run impossible = scene.broker.command("reload");
      assertThat(impossible.status()).as(impossible.said()).isEqualTo(78);
      assertThat(impossible.err()).contains("missing");
      assertThat(scene.broker.command("status").out()).doesNotContain(EVE);
      assertThat(scene.broker.token(Scene.USER)).isEqualTo(before);
    }
  }

  @Test
  void hangUpLoadsTheConfigurationAgain() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      scene.broker.configure(TWO);
      scene.broker.signal("HUP");
      scene.broker.awaitLog("the configuration was read again");
      scene.broker.configure("nonsense(\n");
      scene.broker.signal("HUP");
      scene.broker.awaitLog("the old configuration stays in force");
      assertThat(scene.broker.command("status").out()).contains(EVE, Scene.USER);
      assertThat(scene.broker.token(Scene.USER)).isNotBlank();
    }
  }

  @Test
  void aSignInOutlivesAReloadUnlessItsAccountHasChanged() throws Exception {
    try (Scene scene = Scene.set(directory, TWO)) {
      scene.broker.startUntil(EVE + ": sign-in needed");
      scene.cloud.switches().set(Switch.AUTO_APPROVE, true);
      Terminal ann = scene.broker.openCommand("login", Scene.USER, "--paste");
      ann.await("Paste the whole address");
      Terminal eve = scene.broker.openCommand("login", EVE, "--paste");
      eve.await("Paste the whole address");
      Terminal waiting = scene.broker.openCommand("login", EVE);
      waiting.await("waiting until you have signed in");
      scene.broker.configure(TWO.replace("accounts=[eve]", "accounts=[eve], protocols=[\"IMAP\"]"));
      assertThat(scene.broker.command("reload").status()).isZero();
      ann.type(scene.broker.redirected(ann.found("https://\\S+/authorize\\S+")) + "\r");
      ann.await("is signed in");
      eve.type(scene.broker.redirected(eve.found("https://\\S+/authorize\\S+")) + "\r");
      eve.await("begin again");
      waiting.await("a reload has changed or removed the account");
      assertThat(waiting.leave("").status()).isEqualTo(77);
      assertThat(scene.broker.token(Scene.USER)).isNotBlank();
    }
  }

  @Test
  void theConfigurationPicksTheDaemon() throws Exception {
    Path other = Files.createDirectory(directory.resolve("other"));
    try (Scene one = Scene.set(Files.createDirectory(directory.resolve("one")));
        Scene two = Scene.set(other, Broker.generic(EVE))) {
      one.broker.setEnvironment("XDG_RUNTIME_DIR", directory.toString());
      two.broker.setEnvironment("XDG_RUNTIME_DIR", directory.toString());
      one.broker.startUntil("sign-in needed");
      two.broker.startUntil("sign-in needed");
      assertThat(one.broker.command("status").out()).contains(Scene.USER).doesNotContain(EVE);
      assertThat(two.broker.command("status").out()).contains(EVE).doesNotContain(Scene.USER);
    }
  }

  @Test
  void logsMoreWhenAsked() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      assertThat(scene.broker.command("log-level").out()).isEqualTo("info\n");
      assertThat(scene.broker.command("log-level", "debug").out()).isEqualTo("debug\n");
      scene.broker.command("refresh", Scene.USER);
      scene.broker.awaitLog("token request to localhost");
      assertThat(scene.broker.command("log-level", "loud").status()).isEqualTo(64);
    }
  }
}
