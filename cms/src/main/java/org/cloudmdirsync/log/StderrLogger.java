package org.cloudmdirsync.log;

import java.io.PrintStream;
import java.text.MessageFormat;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * One line per event on standard error. Under systemd (which sets {@code $JOURNAL_STREAM}) a line
 * starts with its syslog priority in angle brackets, see sd-daemon(3); elsewhere with the time.
 *
 * <p>A stack trace is a bug report, so it is written for a bug alone: at ERROR, or when {@code
 * $CMS_DEBUG} is set.
 */
public final class StderrLogger implements System.Logger {
  private static final String OURS = "org.cloudmdirsync.";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  /** What somebody has chosen while the program runs, for all of it. */
  private static volatile Optional<Level> chosen = Optional.empty();

  private final String name;
  private final PrintStream out;
  private final boolean journal;
  private final boolean debug;

  /**
   * One of that name.
   *
   * @param environment says how lines begin, and whether to say more
   */
  public StderrLogger(String name, PrintStream out, Map<String, String> environment) {
    this.name = name;
    this.out = out;
    this.journal = environment.containsKey("JOURNAL_STREAM");
    this.debug = environment.containsKey("CMS_DEBUG");
  }

  /** From now on our own rooms say no less than this. */
  public static void choose(Level level) {
    chosen = Optional.of(level);
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean isLoggable(Level level) {
    return level.getSeverity() >= threshold().getSeverity();
  }

  /** Libraries speak up when something is wrong; we also when something changed. */
  private Level threshold() {
    if (!name.startsWith(OURS)) {
      return Level.WARNING;
    }
    return chosen.orElse(debug ? Level.DEBUG : Level.INFO);
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String message,
      @Nullable Throwable thrown) {
    if (!isLoggable(level)) {
      return;
    }
    String line = prefix(level) + oneLine(String.valueOf(message));
    synchronized (out) {
      out.println(line);
      if (thrown != null && (debug || level == Level.ERROR)) {
        thrown.printStackTrace(out);
      }
    }
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String format,
      @Nullable Object @Nullable ... parameters) {
    if (isLoggable(level)) {
      boolean plain = format == null || parameters == null || parameters.length == 0;
      log(
          level,
          bundle,
          plain ? format : MessageFormat.format(format, parameters),
          (Throwable) null);
    }
  }

  private String prefix(Level level) {
    if (journal) {
      return switch (level) {
        case ALL, TRACE, DEBUG -> "<7>";
        case INFO -> "<6>";
        case WARNING -> "<4>";
        case ERROR, OFF -> "<3>";
      };
    }
    String time = LocalDateTime.now(java.time.ZoneId.systemDefault()).format(TIME) + " ";
    return switch (level) {
      case WARNING -> time + "warning: ";
      case ERROR -> time + "error: ";
      case ALL, TRACE, DEBUG, INFO, OFF -> time;
    };
  }

  /** A provider's text may hold line breaks or terminal escapes; a log line must not. */
  private static String oneLine(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
