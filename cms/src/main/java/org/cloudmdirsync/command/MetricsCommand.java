package org.cloudmdirsync.command;

import java.util.concurrent.Callable;
import org.cloudmdirsync.control.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cloud-mdir-sync metrics}: the running daemon's counters. */
@Command(
    name = "metrics",
    description = "Prints the running daemon's counters in the text form of Prometheus.",
    mixinStandardHelpOptions = true)
final class MetricsCommand implements Callable<Integer> {
  @Mixin private DaemonLink daemon = new DaemonLink();

  MetricsCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return daemon.ask(
        Message.of("command", "metrics"),
        line -> System.out.print(line.text("metrics").orElse("")));
  }
}
