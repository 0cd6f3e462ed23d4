package org.cloudmdirsync.command;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cloudmdirsync.simulator.Options;
import org.cloudmdirsync.simulator.SimulatorConsole;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cloud-mdir-sync simulator}: the pretend cloud alone. */
@Command(
    name = "simulator",
    description =
        "Runs pretend providers on this machine (sign-in, SMTP, IMAP), to try a set-up against.",
    mixinStandardHelpOptions = true)
final class SimulatorCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "SERVICE=PORT",
      description = "A fixed port, such as office365-submission=1587; a free one otherwise.")
  private Map<String, Integer> ports = Map.of();

  SimulatorCommand() {}

  @Override
  public Integer call() {
    Thread running = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> end(running)));
    try {
      SimulatorConsole.run(Options.standard().withPorts(ports), System.out);
      return ExitStatus.OK;
    } catch (IOException cannotListen) {
      System.err.println("cloud-mdir-sync: simulator: " + cannotListen.getMessage());
      return ExitStatus.UNAVAILABLE;
    }
  }

  /** Ctrl-C: lets it remove what it made. */
  private static void end(Thread running) {
    running.interrupt();
    try {
      running.join(1_000);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
