package org.cloudmdirsync.config;

/**
 * A place in a configuration file. Line and column are counted when somebody asks: for an error.
 */
record Position(Source source, int offset) {

  /** From 1. */
  int line() {
    return (int) source.text().substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
  }

  /** From 1, in characters as editors count them. */
  int column() {
    return source.text().codePointCount(lineStart(), offset) + 1;
  }

  /** The text of the line, without its end. */
  String lineText() {
    int end = source.text().indexOf('\n', offset);
    return source.text().substring(lineStart(), end < 0 ? source.text().length() : end);
  }

  private int lineStart() {
    return source.text().lastIndexOf('\n', offset - 1) + 1;
  }

  /** {@code cms.cfg:3:14}. */
  @Override
  public String toString() {
    return source.name() + ":" + line() + ":" + column();
  }
}
