package org.cloudmdirsync.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cloudmdirsync.account.SignInWay;
import org.cloudmdirsync.control.Message;
import org.cloudmdirsync.web.Browser;
import org.cloudmdirsync.web.BrowserResult;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cloud-mdir-sync login USER}: signing in from a terminal. */
@Command(
    name = "login",
    description = {
      "Signs in to an account of the running daemon, and waits until that is done.",
      "Ctrl-C gives it up; nothing has changed then."
    },
    mixinStandardHelpOptions = true)
final class LoginCommand implements Callable<Integer> {
  @Mixin private DaemonLink daemon = new DaemonLink();

  @Parameters(paramLabel = "USER", description = "The account's address.")
  private String user = "";

  @ArgGroup private Ways ways = new Ways();

  /** At most one of them. */
  private static final class Ways {
    @Option(
        names = "--browser",
        description =
            "In a browser here, or through ssh: the address is printed where none can be opened."
                + " This is the default.")
    private boolean browser;

    @Option(
        names = "--paste",
        description = "In a browser anywhere; then paste the address it ended on.")
    private boolean paste;

    @Option(
        names = "--device",
        description = "In a browser anywhere, by typing a code, where the provider has that.")
    private boolean device;

    SignInWay chosen() {
      if (paste) {
        return SignInWay.PASTE;
      }
      return device && !browser ? SignInWay.DEVICE : SignInWay.BROWSER;
    }
  }

  LoginCommand() {}

  @Override
  public Integer call() throws InterruptedException, IOException {
    SignInWay way = ways.chosen();
    Message request =
        Message.of("command", "login")
            .with("user", user)
            .with("way", way.name().toLowerCase(Locale.ROOT));
    int status = daemon.ask(request, line -> show(line, way));
    return status == ExitStatus.OK && way == SignInWay.PASTE ? paste() : status;
  }

  private void show(Message line, SignInWay way) {
    if (!line.texts("ways").isEmpty()) {
      say("%s can sign in with --%s".formatted(user, String.join(", --", line.texts("ways"))));
    }
    line.text("note").ifPresent(LoginCommand::say);
    line.text("user_code").ifPresent(code -> showCode(line, code));
    line.text("open")
        .ifPresent(address -> {
          switch (way) {
            case BROWSER -> open(address, line.text("redirect").orElse(""));
            case PASTE -> askToPaste(address, line.text("redirect").orElse(""));
            case DEVICE -> say(address);
          }
        });
    if (line.text("result").equals(Optional.of("signed-in"))) {
      say(user + " is signed in");
    }
  }

  private static void open(String address, String redirect) {
    switch (Browser.open(URI.create(address), Map.copyOf(System.getenv()))) {
      case BrowserResult.Opened(String program) ->
          say("Opened in %s; waiting until you have signed in.".formatted(program));
      case BrowserResult.NotOpened(String reason) -> {
        say("No browser opens here: " + reason + ".");
        say("Where there is one, run this, and leave it running:");
        say("");
        say("  " + new Tunnel(URI.create(redirect).getPort(), System.getenv()).command());
        say("");
        say("Then open this there; waiting until you have signed in:");
        say("");
        say("  " + address);
        say("");
      }
    }
  }

  private static void askToPaste(String address, String redirect) {
    say("Open this in a browser anywhere, and sign in:");
    say("");
    say("  " + address);
    say("");
    say("It ends on a page that it may fail to show, at %s".formatted(redirect));
    say("Paste the whole address of that page here, and press Enter:");
  }

  private int paste() throws IOException, InterruptedException {
    BufferedReader keyboard =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    String address = keyboard.readLine();
    if (address == null) {
      DaemonLink.complain("nothing was pasted");
      return ExitStatus.USAGE;
    }
    return daemon.ask(
        Message.of("command", "complete").with("address", address),
        line -> show(line, SignInWay.PASTE));
  }

  private static void showCode(Message line, String code) {
    String page = line.text("verification_uri").orElse("");
    if (QrCode.fits()) {
      System.out.print(QrCode.draw(line.text("verification_uri_complete").orElse(page)));
    }
    say("Open %s in a browser anywhere, and type this code there:".formatted(page));
    say("");
    say("  " + code);
    say("");
    line.text("expires").ifPresent(end -> say("It is good until %s; waiting.".formatted(end)));
  }

  private static void say(String words) {
    System.out.println(words);
  }
}
