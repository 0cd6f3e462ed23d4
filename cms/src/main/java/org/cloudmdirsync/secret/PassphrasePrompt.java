package org.cloudmdirsync.secret;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Asks a person for a passphrase: the program in {@code $CMS_ASKPASS}, else the terminal, else the
 * program in {@code $SSH_ASKPASS}. A program gets the question as its argument and prints the
 * answer.
 */
public record PassphrasePrompt(Map<String, String> environment) {
  private static final int LONGEST = 4096;

  /**
   * Asks once.
   *
   * @throws PassphraseRefused when nobody can be asked, or does not answer
   */
  @SuppressWarnings("SystemConsoleNull") // It does (JDK 25), where either end is no terminal.
  public Secret ask(String question) throws PassphraseRefused {
    Optional<String> ours = program("CMS_ASKPASS");
    Console console = System.console();
    if (ours.isEmpty() && console != null && console.isTerminal()) {
      char[] typed = console.readPassword("%s: ", question);
      return answer(typed == null ? "" : new String(typed));
    }
    String program =
        ours.or(() -> program("SSH_ASKPASS"))
            .orElseThrow(() ->
                new PassphraseRefused(
                    "nobody can be asked for the passphrase: start cloud-mdir-sync on a terminal, or"
                        + " set CMS_ASKPASS to a program that asks, such as systemd-ask-password"));
    return answer(run(program, question));
  }

  private Optional<String> program(String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(name -> !name.isEmpty());
  }

  private static Secret answer(String typed) throws PassphraseRefused {
    if (typed.isEmpty()) {
      throw new PassphraseRefused("no passphrase was given");
    }
    return Secret.of(typed);
  }

  private static String run(String program, String question) throws PassphraseRefused {
    try {
      Process process =
          new ProcessBuilder(program, question)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process.getOutputStream().close();
      byte[] said = process.getInputStream().readNBytes(LONGEST);
      process.getInputStream().close();
      if (process.waitFor() != 0) {
        throw new PassphraseRefused("no passphrase was given to " + program);
      }
      return new String(said, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    } catch (PassphraseRefused e) {
      throw e;
    } catch (IOException e) {
      throw new PassphraseRefused("cannot ask for the passphrase: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PassphraseRefused("interrupted while asking for the passphrase");
    }
  }
}
