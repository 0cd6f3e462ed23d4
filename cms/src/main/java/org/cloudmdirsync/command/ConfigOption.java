package org.cloudmdirsync.command;

import java.nio.file.Path;
import java.util.Optional;
import org.cloudmdirsync.config.ConfigFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code -c FILE}, shared by the commands that read a configuration. */
final class ConfigOption {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "The configuration; default: cms.cfg in this directory, then"
              + " cloud-mdir-sync/cms.cfg in the XDG config home.")
  private @Nullable Path file;

  ConfigOption() {}

  /** The file to read: the one named after the command, or before it, else the usual one. */
  Path file(CommandSpec command) {
    return named()
        .or(((RootCommand) command.root().userObject())::namedConfiguration)
        .orElseGet(() -> ConfigFile.usual(System.getenv()));
  }

  Optional<Path> named() {
    return Optional.ofNullable(file);
  }
}
