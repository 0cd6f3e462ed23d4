package org.cloudmdirsync.command;

import java.util.concurrent.Callable;
import org.cloudmdirsync.control.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cloud-mdir-sync refresh USER}: a new token now. */
@Command(
    name = "refresh",
    description = {
      "Has the running daemon ask for a new token now, though the old one may still be good.",
      "A provider that asked us to wait is not asked before its time."
    },
    mixinStandardHelpOptions = true)
final class RefreshCommand implements Callable<Integer> {
  @Mixin private DaemonLink daemon = new DaemonLink();

  @Parameters(paramLabel = "USER", description = "The account's address.")
  private String user = "";

  RefreshCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return daemon.ask(
        Message.of("command", "refresh").with("user", user),
        line -> System.out.println("a new token, good until " + line.text("expires").orElse("?")));
  }
}
