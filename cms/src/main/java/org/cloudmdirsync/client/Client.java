package org.cloudmdirsync.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cloudmdirsync.credential.CredentialReply.Credential;
import org.cloudmdirsync.credential.CredentialRequest;
import org.cloudmdirsync.version.Version;

/**
 * The program {@code cms-oauth}, on whatever platform: one line on standard output and exit status
 * 0, or a reason on standard error, nothing on standard output and another {@link ExitStatus}.
 *
 * <p>Mail programs take the first line they get and many ignore the exit status, so nothing is
 * printed before everything is known.
 */
public final class Client {
  private final Platform platform;

  private Client(Platform platform) {
    this.platform = platform;
  }

  /** Does what the arguments say, as either program, and returns the exit status. */
  public static int run(String[] arguments, Platform platform) {
    Client client = new Client(platform);
    if (arguments.length > 0 && arguments[0].equals(GitCredential.COMMAND)) {
      return GitCredential.run(Arrays.copyOfRange(arguments, 1, arguments.length), platform);
    }
    return switch (CommandLine.parse(arguments)) {
      case CommandLine.Ask(Options options) -> client.ask(arguments, options);
      case CommandLine.Show(String text) -> client.print(text.getBytes(UTF_8));
      case CommandLine.ShowVersion() -> client.print(version(platform).getBytes(UTF_8));
      case CommandLine.Wrong(String error) -> client.wrong(error);
    };
  }

  private static String version(Platform platform) {
    return Version.line("cms-oauth", platform.runtime()) + "\n";
  }

  /** Asks the daemon for a credential; what went wrong has been said, if there is none. */
  static Fetched fetch(Options options, String socket, Platform platform) {
    return new Client(platform).fetch(options, new Daemon(socket, platform));
  }

  /** A credential, or the exit status of a failure already explained. */
  sealed interface Fetched {
    record Got(Credential credential) implements Fetched {}

    record Failed(int exitStatus) implements Fetched {}
  }

  private int ask(String[] arguments, Options options) {
    Optional<Daemon> daemon = Daemon.find(options.socket(), platform);
    if (daemon.isEmpty()) {
      return wrong(Daemon.NO_SOCKET);
    }
    if (options.trial().isPresent()) {
      return platform.tryMail(arguments, options, daemon.get().socket());
    }
    return switch (fetch(options, daemon.get())) {
      case Fetched.Got(Credential credential) -> print(line(credential, options));
      case Fetched.Failed(int exitStatus) -> exitStatus;
    };
  }

  private Fetched fetch(Options options, Daemon daemon) {
    CredentialRequest request =
        new CredentialRequest(options.protocol(), List.of(CredentialRequest.TYPED), options.user());
    return switch (daemon.ask(request)) {
      case Daemon.Answer.Got(Credential credential) -> new Fetched.Got(credential);
      case Daemon.Answer.Failed(int exitStatus, _, String why) -> failed(exitStatus, why);
      case Daemon.Answer.Silence(String why) -> failed(ExitStatus.TRY_AGAIN, why);
    };
  }

  private static byte[] line(Credential credential, Options options) {
    byte[] text = options.output().write(credential);
    if (!options.newline()) {
      return text;
    }
    byte[] line = Arrays.copyOf(text, text.length + 1);
    line[text.length] = '\n';
    return line;
  }

  private int print(byte[] bytes) {
    Optional<String> trouble = platform.print(bytes);
    trouble.ifPresent(why -> complain("cannot write to standard output: " + why));
    return trouble.isPresent() ? ExitStatus.OUTPUT_ERROR : ExitStatus.OK;
  }

  private int wrong(String error) {
    platform.complain(Usage.SYNOPSIS + "cms-oauth: error: " + error + "\n");
    return ExitStatus.USAGE;
  }

  private Fetched failed(int exitStatus, String why) {
    complain(why);
    return new Fetched.Failed(exitStatus);
  }

  private void complain(String why) {
    platform.complain("cms-oauth: " + why + "\n");
  }
}
