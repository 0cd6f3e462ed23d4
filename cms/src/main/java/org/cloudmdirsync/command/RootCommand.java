package org.cloudmdirsync.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
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
public final class RootCommand implements Callable<Integer> {
  private final Daemon daemon;

  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--offline",
      description = "As in the Python original; mailboxes are not synchronised yet.")
  private boolean offline;

  private RootCommand(Daemon daemon) {
    this.daemon = daemon;
  }

  /** What runs when no command is given. */
  public interface Daemon {
    /** Serves a configuration until it is told to stop; returns the exit status. */
    int run(Path configuration) throws InterruptedException;
  }

  /** Does what the arguments say; returns an exit status of {@code sysexits.h}. */
  public static int execute(Daemon daemon, String... arguments) {
    return execute(commandLine(daemon), arguments);
  }

  static CommandLine commandLine(Daemon daemon) {
    return new CommandLine(new RootCommand(daemon))
        // Commands would not inherit what an annotation says of exit codes; this holds for all.
        .setExitCodeExceptionMapper(RootCommand::status)
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
    return daemon.run(config.named().orElseGet(() -> ConfigFile.usual(System.getenv())));
  }

  private static int reportBug(Throwable bug) {
    System.getLogger(RootCommand.class.getName())
        .log(System.Logger.Level.ERROR, "a bug in cloud-mdir-sync; please report it", bug);
    return ExitStatus.SOFTWARE;
  }
}
