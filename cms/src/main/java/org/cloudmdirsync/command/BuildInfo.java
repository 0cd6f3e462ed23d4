package org.cloudmdirsync.command;

import org.cloudmdirsync.version.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class BuildInfo implements IVersionProvider {
  BuildInfo() {}

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }

  /** On one line, with the commit and the Java. */
  static String line() {
    return Version.line("cloud-mdir-sync", "Java " + Runtime.version());
  }
}
