package org.cloudmdirsync.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.cloudmdirsync.control.Message;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cloud-mdir-sync log-level}: how much the running daemon says. */
@Command(
    name = "log-level",
    description = "Says how much the running daemon logs, or changes it until it stops.",
    mixinStandardHelpOptions = true)
final class LogLevelCommand implements Callable<Integer> {
  @Mixin private DaemonLink daemon = new DaemonLink();

  @Parameters(
      arity = "0..1",
      paramLabel = "LEVEL",
      description = "One of debug, info, warning and error.")
  private @Nullable String level;

  LogLevelCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return daemon.ask(
        Message.of("command", "log-level").with("level", Optional.ofNullable(level)),
        line -> System.out.println(line.text("level").orElse("")));
  }
}
