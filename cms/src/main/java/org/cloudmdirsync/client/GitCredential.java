package org.cloudmdirsync.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import org.cloudmdirsync.credential.CredentialReply.Credential;
import org.cloudmdirsync.credential.CredentialReply.Kind;
import org.cloudmdirsync.credential.CredentialRequest;
import org.cloudmdirsync.version.Version;

/**
 * The program {@code git-credential-cms}: git's credential helper protocol, spoken with the daemon
 * behind. The password that git gets is the access token.
 *
 * <p>git asks several helpers in turn, then a person. So what is not ours is passed over without a
 * word; but where the token is ours to give and there is none, nobody else has a password that a
 * server would take, and git is told to stop.
 */
final class GitCredential {
  /** What {@code cms-oauth} is called with to be this program. */
  static final String COMMAND = "git-credential";

  /** EX_USAGE of sysexits.h. */
  private static final int USAGE = 64;

  private final Platform platform;
  private final GitArguments arguments;

  private GitCredential(Platform platform, GitArguments arguments) {
    this.platform = platform;
    this.arguments = arguments;
  }

  /** Does what git asks for; the exit status is not looked at by git. */
  static int run(String[] arguments, Platform platform) {
    Optional<GitArguments> read = GitArguments.read(arguments);
    if (read.isEmpty()) {
      platform.complain(GitArguments.SYNOPSIS);
      return USAGE;
    }
    return new GitCredential(platform, read.get()).run();
  }

  private int run() {
    return switch (arguments.action()) {
      case "get" -> get(read());
      case "erase" -> erase(read());
      case "capability" -> print("version 0\n");
      case "help" -> print(GitArguments.HELP);
      case "version" -> print(Version.line("git-credential-cms", platform.runtime()) + "\n");
      // git may learn to say more, and "store" is nothing to us: the daemon has it already.
      default -> ExitStatus.OK;
    };
  }

  private int get(GitDescription wanted) {
    Optional<CredentialRequest> request =
        request(wanted, List.of(CredentialRequest.TYPED, CredentialRequest.EXPIRY));
    if (request.isEmpty()) {
      return ExitStatus.OK;
    }
    Optional<Daemon> daemon = Daemon.find(arguments.socket(), platform);
    if (daemon.isEmpty()) {
      return stop(wanted, ExitStatus.CONFIGURATION, Daemon.NO_SOCKET);
    }
    return switch (daemon.get().ask(request.get())) {
      case Daemon.Answer.Got(Credential credential) ->
          give(wanted, request.get().user(), credential);
      case Daemon.Answer.Failed(_, Optional<Kind> kind, _)
          when kind.equals(Optional.of(Kind.UNKNOWN_USER)) ->
          ExitStatus.OK;
      case Daemon.Answer.Failed(int exitStatus, _, String why) -> stop(wanted, exitStatus, why);
      // Perhaps a user it does not know: another helper may.
      case Daemon.Answer.Silence(String why) -> complain(ExitStatus.TRY_AGAIN, why);
    };
  }

  /** With --user the mail server may know the account by another name, but by no third one. */
  private int give(GitDescription wanted, String account, Credential credential) {
    boolean theirs =
        wanted
            .username()
            .filter(name -> !name.equals(account) && !name.equals(credential.saslUser()))
            .isEmpty();
    return theirs ? print(GitDescription.answer(credential)) : ExitStatus.OK;
  }

  /** The server refused the token: the daemon knows whether it still is the one to replace. */
  private int erase(GitDescription refused) {
    Optional<String> tail = refused.password().flatMap(CredentialRequest::refusing);
    if (tail.isPresent()) {
      request(refused, List.of(CredentialRequest.TYPED, tail.get()))
          .ifPresent(request ->
              Daemon.find(arguments.socket(), platform).ifPresent(daemon -> daemon.ask(request)));
    }
    return ExitStatus.OK;
  }

  /** Empty if this is nothing that a daemon could serve. */
  private Optional<CredentialRequest> request(GitDescription description, List<String> options) {
    Optional<String> user =
        arguments.user().or(description::username).filter(GitCredential::isAddress);
    Optional<String> protocol = description.service();
    return user.isPresent() && protocol.isPresent()
        ? Optional.of(new CredentialRequest(protocol.get(), options, user.get()))
        : Optional.empty();
  }

  /** What the socket's grammar can carry. */
  private static boolean isAddress(String user) {
    int at = user.indexOf('@', 1);
    return at > 0 && at < user.length() - 1 && user.chars().noneMatch(c -> c <= ' ' || c == 0x7f);
  }

  private GitDescription read() {
    return GitDescription.parse(new String(platform.input(GitDescription.LONGEST), UTF_8));
  }

  /** Tells why, and has git ask nobody else, unless somebody else may have the password. */
  private int stop(GitDescription wanted, int exitStatus, String why) {
    complain(exitStatus, why);
    if (!mayBeAnothers(wanted)) {
      print("quit=1\n");
    }
    return exitStatus;
  }

  /** With --user, who is named otherwise may be that account's mailbox, or an account elsewhere. */
  private boolean mayBeAnothers(GitDescription wanted) {
    return arguments
        .user()
        .filter(account -> wanted.username().filter(name -> !name.equals(account)).isPresent())
        .isPresent();
  }

  private int complain(int exitStatus, String why) {
    platform.complain("git-credential-cms: " + why + "\n");
    return exitStatus;
  }

  private int print(String text) {
    Optional<String> trouble = platform.print(text.getBytes(UTF_8));
    return trouble.isPresent()
        ? complain(ExitStatus.OUTPUT_ERROR, "cannot write to standard output: " + trouble.get())
        : ExitStatus.OK;
  }
}
