package org.cloudmdirsync.command;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.cloudmdirsync.config.ConfigFile;
import org.cloudmdirsync.config.ConfigResult;
import org.cloudmdirsync.config.EffectiveConfiguration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cloud-mdir-sync check}: what the configuration means, or what is wrong with it. */
@Command(
    name = "check",
    description = "Prints the effective configuration, or its errors (exit status 78).",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ConfigOption config = new ConfigOption();

  CheckCommand() {}

  @Override
  public Integer call() {
    return switch (ConfigFile.load(
        config.file(Objects.requireNonNull(spec)), Map.copyOf(System.getenv()))) {
      case ConfigResult.Invalid invalid -> {
        invalid.errors().forEach(System.err::println);
        yield ExitStatus.CONFIGURATION;
      }
      case ConfigResult.Loaded loaded -> {
        loaded.notices().forEach(System.err::println);
        System.out.print(EffectiveConfiguration.print(loaded.configuration()));
        yield ExitStatus.OK;
      }
    };
  }
}
