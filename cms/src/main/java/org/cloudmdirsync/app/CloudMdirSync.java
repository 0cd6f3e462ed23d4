package org.cloudmdirsync.app;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.cloudmdirsync.config.ConfigFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code cloud-mdir-sync}: signs in once per account and serves fresh tokens to mail programs. */
@Command(
    name = "cloud-mdir-sync",
    description = {
      "Signs in once per account (OAuth 2.0), keeps the tokens fresh, and hands them to mail"
          + " programs over a UNIX domain socket.",
      "Without a command it runs the daemon."
    },
    versionProvider = BuildInfo.class,
    mixinStandardHelpOptions = true,
    subcommands = {
      StatusCommand.class,
      LoginCommand.class,
      LogoutCommand.class,
      RefreshCommand.class,
      ReloadCommand.class,
      EventsCommand.class,
      LogLevelCommand.class,
      MetricsCommand.class,
      CheckCommand.class,
      DoctorCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      DemoCommand.class,
      SimulatorCommand.class
    },
    footer = {
      "",
      "New here? Try: cloud-mdir-sync demo",
      "The manual: man cloud-mdir-sync, man cms.cfg"
    })
public final class CloudMdirSync implements java.util.concurrent.Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--offline",
      description = "As in the Python original; mailboxes are not synchronised yet.")
  private boolean offline;

  private CloudMdirSync() {}

  /** Runs the program and exits with a status of {@code sysexits.h}. */
  public static void main(String[] arguments) throws InterruptedException {
    Optional<Path> file = plainStart(arguments);
    System.exit(
        file.isPresent()
            ? RunDaemon.run(file.get(), Map.copyOf(System.getenv()))
            : execute(commandLine(), arguments));
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

  static CommandLine commandLine() {
    return new CommandLine(new CloudMdirSync())
        // Commands would not inherit what an annotation says of exit codes; this holds for all.
        .setExitCodeExceptionMapper(CloudMdirSync::status)
        .setExecutionExceptionHandler((bug, _, _) -> reportBug(bug));
  }

  /** Picocli lets an {@link Error} pass, with which Java would say 1. */
  static int execute(CommandLine commandLine, String... arguments) {
    try {
      return commandLine.execute(arguments);
    } catch (Error bug) {
      return reportBug(bug);
    }
  }

  private static int status(Throwable failure) {
    return failure instanceof ParameterException ? ExitStatus.USAGE : ExitStatus.SOFTWARE;
  }

  /** What stands before a command counts for it, too. */
  Optional<Path> namedConfiguration() {
    return config.named();
  }

  @Override
  public Integer call() throws InterruptedException {
    if (offline) {
      System.err.println(
          "cloud-mdir-sync: --offline means nothing while mailboxes are not synchronised");
    }
    Path file = config.named().orElseGet(() -> ConfigFile.usual(System.getenv()));
    return RunDaemon.run(file, Map.copyOf(System.getenv()));
  }

  private static int reportBug(Throwable bug) {
    System.getLogger(CloudMdirSync.class.getName())
        .log(System.Logger.Level.ERROR, "a bug in cloud-mdir-sync; please report it", bug);
    return ExitStatus.SOFTWARE;
  }
}
