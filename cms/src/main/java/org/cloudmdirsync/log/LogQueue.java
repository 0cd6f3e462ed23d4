package org.cloudmdirsync.log;

import java.lang.System.Logger.Level;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Log lines of those who must not wait for whoever reads the log: written on a thread of its own,
 * in order, and lost when too many wait. How many were lost is said.
 */
public final class LogQueue implements AutoCloseable {
  /** A burst of every client there can be; some hundred kilobytes. */
  private static final int LONGEST = 1_000;

  /** A log that nobody reads must not keep us from stopping. */
  private static final long CLOSING_MILLIS = 1_000;

  private final BlockingQueue<Line> waiting = new ArrayBlockingQueue<>(LONGEST);
  private final AtomicLong lost = new AtomicLong();
  private final Thread writer = Thread.ofPlatform().name("log").daemon().unstarted(this::write);
  private final System.Logger logger;
  private volatile boolean closed;

  /** How many lost lines the log has been told of; the writer's own. */
  private long told;

  /** Lines of the daemon's log. */
  public LogQueue() {
    this(System.getLogger(LogQueue.class.getName()));
  }

  /** With a log of its own. */
  public LogQueue(System.Logger logger) {
    this.logger = logger;
  }

  /** The text is made when it is written. */
  private record Line(Level level, Supplier<String> text) {}

  /** Writes a line some time, if such lines are wanted; never waits. */
  public void log(Level level, Supplier<String> text) {
    if (!logger.isLoggable(level)) {
      return;
    }
    if (closed || !waiting.offer(new Line(level, text))) {
      lost.incrementAndGet();
    } else if (writer.getState() == Thread.State.NEW) {
      start();
    }
  }

  /** How many lines were lost so far. */
  public long lost() {
    return lost.get();
  }

  /** A daemon that nobody asks does without the thread. */
  private synchronized void start() {
    if (writer.getState() == Thread.State.NEW) {
      writer.start();
    }
  }

  private void write() {
    try {
      while (true) {
        write(waiting.take());
      }
    } catch (InterruptedException closing) {
      for (Line line = waiting.poll(); line != null; line = waiting.poll()) {
        write(line);
      }
    }
  }

  private void write(Line line) {
    logger.log(line.level(), line.text().get());
    long missing = lost.get() - told;
    if (missing > 0 && (waiting.isEmpty() || missing >= LONGEST)) {
      logger.log(
          Level.WARNING,
          missing + " log lines were lost: too many came, or standard error is read too slowly");
      told += missing;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      if (writer.getState() != Thread.State.NEW) {
        writer.interrupt();
        writer.join(CLOSING_MILLIS);
      }
    } catch (InterruptedException inAHurry) {
      Thread.currentThread().interrupt();
    }
  }
}
