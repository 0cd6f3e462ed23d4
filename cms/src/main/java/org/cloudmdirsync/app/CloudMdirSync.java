package org.cloudmdirsync.app;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.cloudmdirsync.command.RootCommand;
import org.cloudmdirsync.config.ConfigFile;

/** {@code cloud-mdir-sync}: the daemon, or a command. */
public final class CloudMdirSync {
  private CloudMdirSync() {}

  /** Runs the program and exits with a status of {@code sysexits.h}. */
  public static void main(String[] arguments) throws InterruptedException {
    Optional<Path> file = plainStart(arguments);
    System.exit(
        file.isPresent()
            ? serve(file.get())
            : RootCommand.execute(CloudMdirSync::serve, arguments));
  }

  /**
   * The configuration, when nothing else is said. Picocli would read that alike, but its classes
   * are too old for the JVM's cache: they take 80 ms of processor time, as much as the rest of a
   * start.
   */
  private static Optional<Path> plainStart(String[] arguments) {
    if (arguments.length == 0) {
      return Optional.of(ConfigFile.usual(System.getenv()));
    }
    return arguments.length == 2 && arguments[0].equals("-c")
        ? Optional.of(Path.of(arguments[1]))
        : Optional.empty();
  }

  private static int serve(Path file) throws InterruptedException {
    return RunDaemon.run(file, Map.copyOf(System.getenv()));
  }
}
