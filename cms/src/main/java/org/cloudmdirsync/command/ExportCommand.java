package org.cloudmdirsync.command;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.secret.StoredSecret;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cloud-mdir-sync export USER}: hands the sign-in to another program. */
@Command(
    name = "export",
    description = {
      "Prints the refresh token, after asking on the terminal.",
      "Who has it can use the account until somebody revokes it."
    },
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  private static final int LONGEST_ANSWER = 64;

  @Mixin private StoredToken stored = new StoredToken();

  @Parameters(paramLabel = "USER", description = "The account, as in the configuration.")
  private String user = "";

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  ExportCommand() {}

  @Override
  public Integer call() throws IOException {
    if (!yes && !agreed()) {
      System.err.println(
          "cloud-mdir-sync: not exported: nobody agreed on a terminal, nor by --yes");
      return ExitStatus.NO_PERMISSION;
    }
    return stored.with(user, this::print);
  }

  private int print(Account account, StoredSecret token) throws IOException {
    Optional<Secret> current = token.current();
    if (current.isEmpty()) {
      System.err.println("cloud-mdir-sync: nobody has signed in as " + user + " yet");
      return ExitStatus.UNAVAILABLE;
    }
    current.get().printTo(System.out);
    return ExitStatus.OK;
  }

  /** Asks the person at the terminal, wherever the output goes; without one nobody agrees. */
  private boolean agreed() {
    try (OutputStream screen = new FileOutputStream("/dev/tty");
        InputStream keyboard = new FileInputStream("/dev/tty")) {
      screen.write(
          "Print the refresh token of %s? Who has it can read and send mail as %s. [y/N] "
              .formatted(user, user)
              .getBytes(StandardCharsets.UTF_8));
      byte[] line = new byte[LONGEST_ANSWER];
      int length = keyboard.read(line);
      String answer = length < 0 ? "" : new String(line, 0, length, StandardCharsets.UTF_8);
      return answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    } catch (IOException nobody) {
      return false;
    }
  }
}
