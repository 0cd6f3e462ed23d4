package org.cloudmdirsync.config;

/**
 * What is wrong with a configuration, where, and what to do about it.
 *
 * @param file as the user named it
 * @param line from 1; 0 when the file as a whole is meant
 * @param column from 1, in characters; 0 with line 0
 * @param message on one line
 * @param sourceLine the line as it stands in the file; empty with line 0
 */
public record ConfigError(String file, int line, int column, String message, String sourceLine) {

  /** A line longer than this is shown without a caret's help: it would not fit a terminal. */
  private static final int LONGEST_SHOWN = 300;

  static ConfigError at(Position position, String message) {
    Source source = position.source();
    return new ConfigError(
        source.name(), position.line(), position.column(), message, position.lineText());
  }

  static ConfigError of(String file, String message) {
    return new ConfigError(file, 0, 0, message, "");
  }

  /** {@code cms.cfg:3:14: message}, without the line itself, which may hold a secret. */
  public String headline() {
    return line == 0 ? file + ": " + message : file + ":" + line + ":" + column + ": " + message;
  }

  /** {@code cms.cfg:3:14: message}, and below it the line with a caret. */
  @Override
  public String toString() {
    return line == 0 || sourceLine.length() > LONGEST_SHOWN
        ? headline()
        : headline() + "\n  " + printable(sourceLine) + "\n  " + indentation() + "^";
  }

  /** As wide as what stands before the column: tabs stay tabs, so that the caret hits its mark. */
  private String indentation() {
    StringBuilder blank = new StringBuilder();
    sourceLine.codePoints().limit(column - 1L).forEach(c -> blank.append(c == '\t' ? '\t' : ' '));
    return blank.toString();
  }

  /** A file from somewhere else must not steer the terminal. */
  private static String printable(String line) {
    StringBuilder shown = new StringBuilder();
    line.codePoints()
        .map(c -> c != '\t' && Character.isISOControl(c) ? '?' : c)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }
}
