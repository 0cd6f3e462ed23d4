package org.cloudmdirsync.command;

import java.util.concurrent.Callable;
import org.cloudmdirsync.control.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cloud-mdir-sync events}: what happens, as it happens. */
@Command(
    name = "events",
    description =
        "Prints one line of JSON for every change of an account's state, until it is interrupted.",
    mixinStandardHelpOptions = true)
final class EventsCommand implements Callable<Integer> {
  @Mixin private DaemonLink daemon = new DaemonLink();

  EventsCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return daemon.ask(Message.of("command", "events"), line -> System.out.println(line.encode()));
  }
}
