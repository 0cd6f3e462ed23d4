package org.cloudmdirsync.config;

/** A place in a configuration file. */
record Position(Source source, int offset) {

  int line() {
    return source.lineAt(offset);
  }

  int column() {
    return source.columnAt(offset);
  }
}
