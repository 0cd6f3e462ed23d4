package org.cloudmdirsync.client;

/** What a command line asks for. */
sealed interface CommandLine {

  /** A token. */
  record Ask(Options options) implements CommandLine {}

  /** A text on standard output, and success. */
  record Show(String text) implements CommandLine {}

  /** Which build this is. */
  record ShowVersion() implements CommandLine {}

  /** Nothing that makes sense. */
  record Wrong(String error) implements CommandLine {}

  /** Reads the arguments the way Python's argparse does, whose users must not notice a change. */
  static CommandLine parse(String[] arguments) {
    try {
      return new CommandReader(arguments).read();
    } catch (CommandReader.Mistake mistake) {
      return new Wrong(mistake.words());
    }
  }
}
