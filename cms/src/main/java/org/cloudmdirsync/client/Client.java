package org.cloudmdirsync.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cloudmdirsync.credential.CredentialReply;
import org.cloudmdirsync.credential.CredentialReply.Credential;
import org.cloudmdirsync.credential.CredentialReply.Kind;
import org.cloudmdirsync.credential.CredentialReply.Refusal;
import org.cloudmdirsync.credential.CredentialRequest;
import org.cloudmdirsync.credential.ReceivedReply;

/**
 * The program {@code cms-oauth}, on whatever platform: one line on standard output and exit status
 * 0, or a reason on standard error, nothing on standard output and another {@link ExitStatus}.
 *
 * <p>Mail programs take the first line they get and many ignore the exit status, so nothing is
 * printed before everything is known.
 */
public final class Client {
  /** Our daemon answers within 4 s; the original may wait longer for a refresh. */
  private static final int PATIENCE_MILLIS = 10_000;

  /** Far above any token; the original's own client reads 16 KiB. */
  private static final int LONGEST_ANSWER = 1 << 20;

  private final Platform platform;

  private Client(Platform platform) {
    this.platform = platform;
  }

  /** Does what the arguments say and returns the exit status. */
  public static int run(String[] arguments, Platform platform) {
    Client client = new Client(platform);
    return switch (CommandLine.parse(arguments)) {
      case CommandLine.Ask(Options options) -> client.ask(arguments, options);
      case CommandLine.Show(String text) -> client.print(text.getBytes(UTF_8));
      case CommandLine.Wrong(String error) -> client.wrong(error);
    };
  }

  /** Asks the daemon for a credential; what went wrong has been said, if there is none. */
  static Fetched fetch(Options options, String socket, Platform platform) {
    return new Client(platform).fetch(options, socket);
  }

  /** A credential, or the exit status of a failure already explained. */
  sealed interface Fetched {
    record Got(Credential credential) implements Fetched {}

    record Failed(int exitStatus) implements Fetched {}
  }

  private int ask(String[] arguments, Options options) {
    Optional<String> socket = options.socket().or(this::usualSocket);
    if (socket.isEmpty()) {
      return wrong(
          "no credential socket: give --cms_sock, set $CMS_SOCK, or have the daemon serve"
              + " $XDG_RUNTIME_DIR/cms.sock");
    }
    if (options.trial().isPresent()) {
      return platform.tryMail(arguments, options, socket.get());
    }
    return switch (fetch(options, socket.get())) {
      case Fetched.Got(Credential credential) -> print(line(credential, options));
      case Fetched.Failed(int exitStatus) -> exitStatus;
    };
  }

  private Optional<String> usualSocket() {
    return platform
        .environment("CMS_SOCK")
        .or(() ->
            platform
                .environment("XDG_RUNTIME_DIR")
                .map(directory -> directory + "/cms.sock")
                .filter(platform::exists));
  }

  private Fetched fetch(Options options, String socket) {
    CredentialRequest request =
        new CredentialRequest(options.protocol(), List.of(CredentialRequest.TYPED), options.user());
    return switch (platform.exchange(socket, request.encode(), PATIENCE_MILLIS, LONGEST_ANSWER)) {
      case Exchange.Answered(ReceivedReply reply) -> judge(reply, options.user(), socket);
      case Exchange.NoDaemon(String reason) ->
          failed(
              ExitStatus.UNAVAILABLE,
              "no daemon answers on "
                  + socket
                  + " ("
                  + reason
                  + "); start cloud-mdir-sync, or name its socket with --cms_sock");
      case Exchange.Forbidden() ->
          failed(
              ExitStatus.NO_PERMISSION,
              "no permission to use "
                  + socket
                  + "; it takes write permission on the socket and search permission on every directory above it");
      case Exchange.Unfinished(String reason) ->
          failed(
              ExitStatus.TRY_AGAIN, "no whole answer from the daemon on " + socket + ": " + reason);
    };
  }

  private Fetched judge(ReceivedReply received, String user, String socket) {
    return switch (received) {
      case ReceivedReply.Understood(CredentialReply reply) ->
          switch (reply) {
            case Credential credential -> new Fetched.Got(credential);
            case Refusal refusal -> refused(refusal, user);
          };
      case ReceivedReply.Nothing() ->
          failed(
              ExitStatus.TRY_AGAIN,
              "no token for "
                  + user
                  + ": the daemon on "
                  + socket
                  + " gave no reason, its log may");
      case ReceivedReply.Garbled() ->
          failed(
              ExitStatus.TRY_AGAIN,
              "the answer on "
                  + socket
                  + " was cut short, or does not come from a credential daemon");
    };
  }

  private Fetched refused(Refusal refusal, String user) {
    String where = refusal.signInUrl().map(url -> "; sign in at " + url).orElse("");
    return failed(
        exitStatus(refusal.kind()), "no token for " + user + ": " + refusal.reason() + where);
  }

  private static int exitStatus(Kind kind) {
    return switch (kind) {
      case SIGN_IN_NEEDED -> ExitStatus.NO_PERMISSION;
      case TEMPORARILY_UNAVAILABLE -> ExitStatus.TRY_AGAIN;
      case MISCONFIGURED, UNKNOWN_USER, PROTOCOL_NOT_SERVED -> ExitStatus.CONFIGURATION;
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
