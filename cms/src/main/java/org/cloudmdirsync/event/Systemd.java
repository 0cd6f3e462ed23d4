package org.cloudmdirsync.event;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.cloudmdirsync.account.AccountEvent;
import org.cloudmdirsync.account.AccountStatus;
import org.cloudmdirsync.account.AccountStatus.Condition;
import org.cloudmdirsync.account.Accounts;
import org.cloudmdirsync.unix.NotifySocket;

/**
 * Tells systemd how we are (sd_notify(3)), and that we still are (its watchdog), if it has asked
 * for that; without it, and on another service manager, this does nothing and loads nothing.
 */
public final class Systemd implements Consumer<AccountEvent>, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Systemd.class.getName());

  /** What fits a line of {@code systemctl status}. */
  private static final int LONGEST_STATUS = 200;

  private final Optional<NotifySocket> manager;
  private final Optional<Duration> watchdog;
  private final Accounts accounts;
  private final BlockingQueue<String> toTell = new LinkedBlockingQueue<>();
  private final Thread teller = Thread.ofVirtual().name("systemd").unstarted(this::tellAll);

  /**
   * Prepares; nothing is told yet.
   *
   * @param accounts whose states it is told
   */
  public Systemd(Map<String, String> environment, Accounts accounts) {
    this.manager = NotifySocket.of(environment);
    this.watchdog = manager.flatMap(_ -> watchdog(environment));
    this.accounts = accounts;
  }

  /** How often it wants to hear from us; meant for us only if it names our process or none. */
  private static Optional<Duration> watchdog(Map<String, String> environment) {
    String us = Long.toString(ProcessHandle.current().pid());
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    return environment.getOrDefault("WATCHDOG_PID", us).equals(us) && micros.matches("[0-9]{1,15}")
        ? Optional.of(Duration.ofNanos(Long.parseLong(micros) * 1_000))
        : Optional.empty();
  }

  /** The environment of programs that we start: none is to speak to systemd in our name. */
  public static Map<String, String> forOthers(Map<String, String> environment) {
    Map<String, String> others = new HashMap<>(environment);
    others.keySet().removeAll(List.of("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"));
    return Map.copyOf(others);
  }

  /** Serving, for the first time or after a reload. */
  public void ready() {
    tell("READY=1\n" + status());
    if (manager.isPresent() && teller.getState() == Thread.State.NEW) {
      teller.start();
    }
  }

  /** The configuration is being read again, until {@link #ready}. */
  public void reloading() {
    // On Linux nanoTime is the clock that it must be, CLOCK_MONOTONIC.
    tell("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1_000);
  }

  @Override
  public void accept(AccountEvent event) {
    if (manager.isPresent()) {
      toTell.add(event.account().user());
    }
  }

  private void tellAll() {
    // Half of the time, as sd_watchdog_enabled(3) has it.
    long pause = watchdog.map(limit -> limit.toNanos() / 2).orElse(Long.MAX_VALUE);
    try {
      while (true) {
        boolean changed = toTell.poll(pause, TimeUnit.NANOSECONDS) != null;
        toTell.clear();
        // Reading how the accounts stand takes each one's lock: a daemon that hangs does not get
        // by.
        String status = status();
        tell((watchdog.isPresent() ? "WATCHDOG=1\n" : "") + (changed ? status : ""));
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private String status() {
    return manager.isEmpty() ? "" : "STATUS=" + words(accounts.status()) + "\n";
  }

  /** Whom somebody should look after, in one line. */
  static String words(List<AccountStatus> accounts) {
    List<AccountStatus> others =
        accounts.stream().filter(status -> status.condition() != Condition.READY).toList();
    String words =
        others.stream()
            .map(status ->
                status.account().user() + ": " + status.condition().word().replace('-', ' '))
            .collect(
                Collectors.joining(
                    ", ",
                    "%d of %d accounts ready%s"
                        .formatted(
                            accounts.size() - others.size(),
                            accounts.size(),
                            others.isEmpty() ? "" : "; "),
                    ""));
    return words.length() <= LONGEST_STATUS ? words : words.substring(0, LONGEST_STATUS) + "…";
  }

  private void tell(String state) {
    manager
        .filter(_ -> !state.isEmpty())
        .ifPresent(socket -> {
          try {
            socket.tell(state);
          } catch (IOException notHeard) {
            LOG.log(Level.DEBUG, notHeard.getMessage());
          }
        });
  }

  @Override
  public void close() {
    tell("STOPPING=1");
    teller.interrupt();
  }
}
