package org.cloudmdirsync.app;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.cloudmdirsync.command.ExitStatus;
import org.cloudmdirsync.config.ConfigError;
import org.cloudmdirsync.config.ConfigFile;
import org.cloudmdirsync.config.ConfigResult;
import org.cloudmdirsync.config.Configuration;
import org.cloudmdirsync.secret.PassphraseRefused;
import org.cloudmdirsync.unix.SocketInUse;
import org.cloudmdirsync.unix.Terminal;

/** The daemon's life: read the configuration, start, wait for a signal, stop. */
final class RunDaemon {
  private static final System.Logger LOG = System.getLogger(RunDaemon.class.getName());

  private RunDaemon() {}

  /** Serves until SIGTERM or SIGINT, which end the process with status 0. */
  static int run(Path file, Map<String, String> environment) throws InterruptedException {
    Daemon daemon = new Daemon(file, environment);
    AtomicInteger status = new AtomicInteger(ExitStatus.OK);
    // First of all: a signal that comes early finds half a daemon, and that is to be closed, too.
    stopOnSignal(daemon, status);
    int end = ExitStatus.SOFTWARE;
    try {
      end = run(daemon, file, environment);
      return end;
    } finally {
      status.set(end);
    }
  }

  private static int run(Daemon daemon, Path file, Map<String, String> environment)
      throws InterruptedException {
    return switch (ConfigFile.load(file, environment)) {
      case ConfigResult.Invalid(List<ConfigError> errors) -> {
        // A line of the file may hold a secret: it is for a person's eyes, and for no log.
        boolean seen = Terminal.isStandardError();
        errors.forEach(error -> System.err.println(seen ? error.toString() : error.headline()));
        yield ExitStatus.CONFIGURATION;
      }
      case ConfigResult.Loaded loaded -> {
        loaded.notices().forEach(notice -> LOG.log(Level.WARNING, notice));
        yield serve(daemon, loaded.configuration(), environment);
      }
    };
  }

  private static int serve(
      Daemon daemon, Configuration configuration, Map<String, String> environment)
      throws InterruptedException {
    try {
      daemon.start(configuration, Keys.open(configuration, environment));
      Hangup.then(daemon::reload);
      new CountDownLatch(1).await();
      return ExitStatus.OK;
    } catch (SocketInUse running) {
      LOG.log(Level.WARNING, running.getMessage());
      return ExitStatus.TRY_AGAIN;
    } catch (PassphraseRefused refused) {
      LOG.log(Level.WARNING, "cannot start: " + refused.getMessage());
      return ExitStatus.NO_PERMISSION;
    } catch (IOException cannotStart) {
      LOG.log(Level.WARNING, "cannot start: " + cannotStart.getMessage());
      return ExitStatus.CANNOT_CREATE;
    }
  }

  /**
   * A clean stop is status 0, where the JVM alone would say 143. This runs too when the program
   * ends by itself, with its own status. Further signals change nothing.
   */
  private static void stopOnSignal(Daemon daemon, AtomicInteger status) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  if (status.get() == ExitStatus.OK) {
                    stop(daemon);
                  }
                  Runtime.getRuntime().halt(status.get());
                }));
  }

  private static void stop(Daemon daemon) {
    LOG.log(Level.INFO, "stopping; a token request under way is waited for, up to 30 s");
    daemon.close();
    LOG.log(Level.INFO, "stopped");
  }
}
