package org.cloudmdirsync.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.cloudmdirsync.control.ControlClient;
import org.cloudmdirsync.control.Message;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The running daemon of a configuration, as the commands ask it. */
final class DaemonLink {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Mixin private ConfigOption config = new ConfigOption();

  DaemonLink() {}

  /**
   * Asks, and hands on every line of the reply but a failure, which is printed.
   *
   * @return the exit status
   */
  int ask(Message request, Consumer<Message> line) throws InterruptedException {
    Path file = config.file(Objects.requireNonNull(command));
    return ask(
        file,
        request,
        line,
        noDaemon -> {
          complain(
              noDaemon
                  + ": none runs with "
                  + file
                  + "; start it, or name another configuration with -c FILE");
          return ExitStatus.UNAVAILABLE;
        });
  }

  /**
   * Asks the daemon of a configuration, if there is one.
   *
   * @param otherwise the exit status where no daemon can be asked, for this reason
   */
  static int ask(
      Path file, Message request, Consumer<Message> line, ToIntFunction<String> otherwise)
      throws InterruptedException {
    try (ControlClient daemon = ControlClient.ask(file, Map.copyOf(System.getenv()), request)) {
      boolean answered = false;
      for (Optional<Message> next = daemon.next(); next.isPresent(); next = daemon.next()) {
        Optional<String> error = next.get().text("error");
        if (error.isPresent()) {
          next.get().texts("errors").forEach(System.err::println);
          complain(next.get().text("reason").orElse(error.get()));
          return status(error.get());
        }
        line.accept(next.get());
        answered = next.get().text("result").isPresent();
      }
      return answered ? ExitStatus.OK : stopped();
    } catch (IOException noDaemon) {
      return otherwise.applyAsInt(String.valueOf(noDaemon.getMessage()));
    }
  }

  private static int stopped() {
    complain("the daemon has stopped");
    return ExitStatus.UNAVAILABLE;
  }

  static void complain(String words) {
    System.err.println("cloud-mdir-sync: " + words);
  }

  private static int status(String error) {
    return switch (error) {
      case "usage" -> ExitStatus.USAGE;
      case "unknown-user" -> ExitStatus.NO_USER;
      case "not-offered" -> ExitStatus.UNAVAILABLE;
      case "not-stored" -> ExitStatus.CANNOT_CREATE;
      case "unavailable", "starting" -> ExitStatus.TRY_AGAIN;
      case "denied", "wrong-user", "failed", "sign-in-needed" -> ExitStatus.NO_PERMISSION;
      case "configuration", "misconfigured" -> ExitStatus.CONFIGURATION;
      default -> ExitStatus.SOFTWARE;
    };
  }
}
