package org.cloudmdirsync.app;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says: version and commit, written into the jar by the build. */
final class BuildInfo implements IVersionProvider {
  BuildInfo() {}

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {line()};
  }

  /** Such as {@code cloud-mdir-sync 0.1.0 (commit 1a2b3c4, Java 25.0.3+9-LTS)}. */
  static String line() throws IOException {
    Properties build = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream("/build.properties")) {
      if (in != null) {
        build.load(in);
      }
    }
    return "cloud-mdir-sync %s (commit %s, Java %s)"
        .formatted(
            build.getProperty("version", "unknown"),
            build.getProperty("commit", "unknown"),
            Runtime.version());
  }
}
