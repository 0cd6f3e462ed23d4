package org.cloudmdirsync.event;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.cloudmdirsync.account.AccountEvent;
import org.cloudmdirsync.control.Message;

/**
 * Runs the command of {@code cfg.on_event} for every event, one after the other, with the facts in
 * its environment. They are never part of the command's text, where a shell would read them.
 */
public final class EventCommand implements Consumer<AccountEvent>, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EventCommand.class.getName());

  /** A command that hangs must not keep the later events for itself. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** Events that wait for slow commands; what comes when there are so many is left out. */
  private static final int MOST_WAITING = 64;

  private final Supplier<Optional<String>> command;
  private final Supplier<URI> page;
  private final Map<String, String> environment;
  private final BlockingQueue<AccountEvent> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean behind = new AtomicBoolean();
  private final Thread runner = Thread.ofVirtual().name("on_event").unstarted(this::runAll);

  /**
   * Prepares; the first event starts the thread.
   *
   * @param command for the shell, as it is at the moment
   * @param page where to sign in
   */
  public EventCommand(
      Supplier<Optional<String>> command, Supplier<URI> page, Map<String, String> environment) {
    this.command = command;
    this.page = page;
    this.environment = environment;
  }

  @Override
  public void accept(AccountEvent event) {
    if (command.get().isEmpty()) {
      return;
    }
    if (started.compareAndSet(false, true)) {
      runner.start();
    }
    if (waiting.offer(event)) {
      behind.set(false);
    } else if (behind.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "cfg.on_event takes too long: %d events wait, later ones are left out"
              .formatted(MOST_WAITING));
    }
  }

  private void runAll() {
    try {
      while (true) {
        AccountEvent event = waiting.take();
        Optional<String> current = command.get();
        if (current.isPresent()) {
          run(current.get(), event);
        }
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(String text, AccountEvent event) throws InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", text)
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.INHERIT);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Message facts = EventFacts.of(event, InstantSource.system().instant());
    facts
        .with("url", page.get().toString())
        .members()
        .forEach((name, fact) ->
            builder
                .environment()
                // A provider's words may hold a byte that ends a variable.
                .put("CMS_" + name.toUpperCase(Locale.ROOT), fact.toString().replace('\0', ' ')));
    try {
      await(builder.start());
    } catch (IOException cannot) {
      LOG.log(Level.WARNING, "cfg.on_event cannot be run: " + cannot.getMessage());
    }
  }

  private static void await(Process process) throws InterruptedException {
    try {
      if (!process.waitFor(LONGEST)) {
        LOG.log(
            Level.WARNING,
            "cfg.on_event was killed, since it took longer than %d s"
                .formatted(LONGEST.toSeconds()));
      } else if (process.exitValue() != 0) {
        LOG.log(Level.WARNING, "cfg.on_event ended with status " + process.exitValue());
      }
    } finally {
      kill(process);
    }
  }

  /** With whatever it has started and waits for. */
  private static void kill(Process process) {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Override
  public void close() {
    runner.interrupt();
  }
}
