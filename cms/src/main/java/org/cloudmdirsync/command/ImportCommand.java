package org.cloudmdirsync.command;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.control.Message;
import org.cloudmdirsync.secret.DurableFile;
import org.cloudmdirsync.secret.PassphrasePrompt;
import org.cloudmdirsync.secret.PassphraseRefused;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.secret.StoredSecret;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cloud-mdir-sync import USER}: takes over another program's sign-in. */
@Command(
    name = "import",
    description = {
      "Stores a refresh token that another program was given, so that nobody has to sign in again.",
      "Reads a token, or a file of mutt_oauth2.py (decrypted), sasl-xoauth2 or email-oauth2-proxy."
    },
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
  /** A configuration of email-oauth2-proxy with all its comments has 30 KB. */
  private static final int LONGEST_FILE = 1 << 20;

  @Mixin private StoredToken stored = new StoredToken();

  @Parameters(paramLabel = "USER", description = "The account, as in the configuration.")
  private String user = "";

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "Where the token is; default: standard input.")
  private @Nullable Path from;

  ImportCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    try {
      // Before the store is taken: a daemon must not wait for what a person types.
      TokenFile given = unlocked(TokenFile.read(content(), user));
      int status = stored.with(user, (account, token) -> take(given, account, token));
      return status == ExitStatus.OK ? tried() : status;
    } catch (PassphraseRefused refused) {
      DaemonLink.complain(DurableFile.reason(refused));
      return ExitStatus.NO_PERMISSION;
    } catch (IOException e) {
      DaemonLink.complain(DurableFile.reason(e));
      return ExitStatus.DATA_ERROR;
    }
  }

  private TokenFile unlocked(TokenFile given) throws PassphraseRefused {
    return given instanceof TokenFile.Locked locked
        ? locked.unlocked(
            new PassphrasePrompt(Map.copyOf(System.getenv()))
                .ask("Password that " + user + "'s mail program gives to email-oauth2-proxy"))
        : given;
  }

  private int take(TokenFile given, Account account, StoredSecret token) throws IOException {
    return switch (given) {
      case TokenFile.Locked _ -> throw new IllegalStateException("still locked");
      case TokenFile.Unusable(String reason) -> wrong(reason);
      case TokenFile.Found(Secret found, var whose, var client) -> {
        Optional<String> mismatch = mismatch(account, whose, client);
        if (mismatch.isPresent()) {
          yield wrong(mismatch.get());
        }
        token.replace(found, Instant.now());
        DaemonLink.complain("stored the refresh token of " + user);
        yield ExitStatus.OK;
      }
    };
  }

  /**
   * Whether it is good the provider knows: a running daemon asks it now, another when it starts.
   */
  private int tried() throws InterruptedException {
    return DaemonLink.ask(
        stored.file(),
        Message.of("command", "refresh").with("user", user),
        line ->
            DaemonLink.complain(
                "it is good: the daemon has a token until " + line.text("expires").orElse("?")),
        noDaemon -> {
          DaemonLink.complain("no daemon runs: whether it is good shows when one starts");
          return ExitStatus.OK;
        });
  }

  /** RFC 6749 section 6: a refresh token is bound to the client it was issued to. */
  private static Optional<String> mismatch(
      Account account, Optional<String> whose, Optional<String> client) {
    if (whose.filter(name -> !name.equalsIgnoreCase(account.user())).isPresent()) {
      return Optional.of("it belongs to " + whose.get() + ", not to " + account.user());
    }
    String ours = account.client().clientId();
    return client
        .filter(theirs -> !theirs.equals(ours))
        .map(theirs ->
            "its token was issued to the client %s, and the account uses %s: give the account client_id=\"%s\", and the client_secret and tenant that belong to it"
                .formatted(theirs, ours, theirs));
  }

  private int wrong(String reason) {
    String source = from == null ? "the standard input" : from.toString();
    System.err.println("cloud-mdir-sync: cannot take the token from " + source + ": " + reason);
    return ExitStatus.DATA_ERROR;
  }

  @SuppressWarnings("SystemConsoleNull") // It does (JDK 25), where either end is no terminal.
  private String content() throws IOException {
    Console console = System.console();
    if (from == null && console != null) {
      char[] typed = console.readPassword("Refresh token of %s (it is not shown): ", user);
      return typed == null ? "" : new String(typed);
    }
    try (InputStream in = from == null ? System.in : Files.newInputStream(from)) {
      return new String(in.readNBytes(LONGEST_FILE), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new IOException("cannot read " + from + ": " + DurableFile.reason(e), e);
    }
  }
}
