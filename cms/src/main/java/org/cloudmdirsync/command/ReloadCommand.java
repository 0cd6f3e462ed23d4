package org.cloudmdirsync.command;

import java.util.concurrent.Callable;
import org.cloudmdirsync.control.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cloud-mdir-sync reload}: the configuration, read again. */
@Command(
    name = "reload",
    description = {
      "Has the running daemon read its configuration again.",
      "Accounts that have not changed keep their tokens. With errors in the file the old"
          + " configuration stays in force (exit status 78)."
    },
    mixinStandardHelpOptions = true)
final class ReloadCommand implements Callable<Integer> {
  @Mixin private DaemonLink daemon = new DaemonLink();

  ReloadCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return daemon.ask(
        Message.of("command", "reload"),
        line -> line.texts("notices").forEach(System.err::println));
  }
}
