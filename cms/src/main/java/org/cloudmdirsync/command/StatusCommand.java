package org.cloudmdirsync.command;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.cloudmdirsync.control.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cloud-mdir-sync status}: how the accounts of the running daemon stand. */
@Command(
    name = "status",
    description = "Says how every account of the running daemon stands, and what to do about it.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Mixin private DaemonLink daemon = new DaemonLink();

  @Option(names = "--json", description = "One line of JSON, for scripts and status bars.")
  private boolean json;

  StatusCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return daemon.ask(
        Message.of("command", "status"), line -> line.message("status").ifPresent(this::print));
  }

  private void print(Message status) {
    if (json) {
      System.out.println(status.encode());
    } else {
      System.out.print(
          StatusTable.of(status, InstantSource.system().instant(), ZoneId.systemDefault()));
    }
  }
}
