package org.cloudmdirsync.app;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code -c FILE}, shared by the commands that read a configuration. */
final class ConfigOption {
  private static final Path HERE = Path.of("cms.cfg");

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "The configuration; default: cms.cfg in this directory, then"
              + " cloud-mdir-sync/cms.cfg in the XDG config home.")
  private @Nullable Path file;

  ConfigOption() {}

  /** The file to read: the one named, else the first default that exists, else the first. */
  Path file() {
    if (file != null) {
      return file;
    }
    Path home = xdgConfigHome().resolve("cloud-mdir-sync").resolve("cms.cfg");
    return Files.exists(HERE) || !Files.exists(home) ? HERE : home;
  }

  private static Path xdgConfigHome() {
    String configured = System.getenv("XDG_CONFIG_HOME");
    return configured != null && configured.startsWith("/")
        ? Path.of(configured)
        : Path.of(System.getProperty("user.home"), ".config");
  }
}
