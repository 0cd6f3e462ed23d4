package org.cloudmdirsync.command;

import java.util.concurrent.Callable;
import org.cloudmdirsync.control.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cloud-mdir-sync logout USER}: no more tokens for this account. */
@Command(
    name = "logout",
    description = {
      "Signs out: the provider is told to take the refresh token back, where it has a way to be"
          + " told, and this machine forgets it in any case.",
      "What is left to do by hand is said."
    },
    mixinStandardHelpOptions = true)
final class LogoutCommand implements Callable<Integer> {
  @Mixin private DaemonLink daemon = new DaemonLink();

  @Parameters(paramLabel = "USER", description = "The account's address.")
  private String user = "";

  LogoutCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return daemon.ask(
        Message.of("command", "logout").with("user", user),
        line -> {
          System.out.println(
              user
                  + (line.text("result").orElse("").equals("signed-out")
                      ? " is signed out"
                      : " was not signed in"));
          line.text("note").ifPresent(System.out::println);
        });
  }
}
