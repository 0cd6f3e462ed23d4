package org.cloudmdirsync.app;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.cloudmdirsync.config.ConfigFile;
import org.cloudmdirsync.config.ConfigResult;
import org.cloudmdirsync.config.Configuration;
import org.cloudmdirsync.credential.SocketInUse;

/** The daemon's life: read the configuration, start, wait for a signal, stop. */
final class RunDaemon {
  private static final System.Logger LOG = System.getLogger(RunDaemon.class.getName());

  private RunDaemon() {}

  /** Serves until SIGTERM or SIGINT, which end the process with status 0. */
  static int run(Path file, Map<String, String> environment) throws InterruptedException {
    return switch (ConfigFile.load(file, environment)) {
      case ConfigResult.Invalid invalid -> {
        invalid.errors().forEach(System.err::println);
        yield ExitStatus.CONFIGURATION;
      }
      case ConfigResult.Loaded loaded -> {
        loaded.notices().forEach(notice -> LOG.log(Level.WARNING, notice));
        yield serve(loaded.configuration(), environment);
      }
    };
  }

  private static int serve(Configuration configuration, Map<String, String> environment)
      throws InterruptedException {
    try {
      Daemon daemon = Daemon.start(configuration, environment);
      stopOnSignal(daemon);
      new CountDownLatch(1).await();
      return ExitStatus.OK;
    } catch (SocketInUse running) {
      LOG.log(Level.WARNING, running.getMessage());
      return ExitStatus.TRY_AGAIN;
    } catch (IOException cannotStart) {
      LOG.log(Level.WARNING, "cannot start: " + cannotStart.getMessage());
      return ExitStatus.CANNOT_CREATE;
    }
  }

  /** A clean stop is status 0, where the JVM alone would say 143. */
  private static void stopOnSignal(Daemon daemon) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  daemon.close();
                  LOG.log(Level.INFO, "stopped");
                  Runtime.getRuntime().halt(ExitStatus.OK);
                }));
  }
}
