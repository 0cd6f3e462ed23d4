package org.cloudmdirsync.app;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cloudmdirsync.account.Accounts;
import org.cloudmdirsync.config.ConfigError;
import org.cloudmdirsync.config.ConfigFile;
import org.cloudmdirsync.config.ConfigResult;
import org.cloudmdirsync.config.Configuration;
import org.cloudmdirsync.control.Message;
import org.cloudmdirsync.event.Systemd;

/**
 * What runs for a configuration, and how another one takes its place: everything new is opened
 * before anything old is closed, so a configuration that cannot be served leaves all as it is.
 */
final class Service {
  private static final System.Logger LOG = System.getLogger(Service.class.getName());

  private final Path file;
  private final Map<String, String> environment;
  private final Accounts accounts;
  private final CredentialSockets sockets;
  private final SignInPage page;
  private final Systemd systemd;
  private final FrontDoor door;
  private volatile Configuration configuration;

  Service(
      Path file,
      Map<String, String> environment,
      Configuration configuration,
      Accounts accounts,
      CredentialSockets sockets,
      SignInPage page,
      FrontDoor door,
      Systemd systemd) {
    this.file = file;
    this.environment = environment;
    this.configuration = configuration;
    this.accounts = accounts;
    this.sockets = sockets;
    this.page = page;
    this.systemd = systemd;
    this.door = door;
  }

  /** What is in force. */
  Configuration configuration() {
    return configuration;
  }

  /** How everything stands. */
  Message status() {
    return StatusReport.of(accounts.status(), configuration, door::last);
  }

  /** Opens the sockets, then the page. */
  void open() throws IOException {
    sockets.open(configuration.sockets(), door.answers(configuration));
    page.open(configuration.webUrl());
    door.change(configuration);
  }

  /** Reads the configuration again, and goes on with it if it can be used. */
  synchronized ReloadResult reload() {
    systemd.reloading();
    try {
      ReloadResult result = read();
      log(result);
      return result;
    } finally {
      systemd.ready();
    }
  }

  private static void log(ReloadResult result) {
    switch (result) {
      case ReloadResult.Reloaded(List<String> notices) -> {
        notices.forEach(notice -> LOG.log(Level.WARNING, notice));
        LOG.log(Level.INFO, "the configuration was read again");
      }
      case ReloadResult.Broken(var _, List<String> headlines) -> {
        headlines.forEach(headline -> LOG.log(Level.WARNING, headline));
        LOG.log(Level.WARNING, "the old configuration stays in force");
      }
    }
  }

  private ReloadResult read() {
    return switch (ConfigFile.load(file, environment)) {
      case ConfigResult.Invalid(List<ConfigError> errors) ->
          new ReloadResult.Broken(
              errors.stream().map(ConfigError::toString).toList(),
              errors.stream().map(ConfigError::headline).toList());
      case ConfigResult.Loaded(Configuration next, List<String> notices) -> change(next, notices);
    };
  }

  private ReloadResult change(Configuration next, List<String> notices) {
    List<String> all = new ArrayList<>(notices);
    if (!next.stateDir().equals(configuration.stateDir())) {
      all.add("cfg.state_dir counts from the next start of the daemon");
    }
    if (!next.nudgeHours().equals(configuration.nudgeHours())) {
      all.add("cfg.nudge_hours counts from the next start of the daemon");
    }
    try {
      sockets.open(next.sockets(), door.answers(next));
    } catch (IOException cannotServe) {
      List<String> reason = List.of(String.valueOf(cannotServe.getMessage()));
      return new ReloadResult.Broken(reason, reason);
    }
    accounts.reload(next.accounts());
    sockets.change(next.sockets(), door.answers(next));
    page.open(next.webUrl());
    door.change(next);
    configuration = next;
    return new ReloadResult.Reloaded(all);
  }
}
