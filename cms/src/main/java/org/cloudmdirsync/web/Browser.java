package org.cloudmdirsync.web;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Opens the user's browser.
 *
 * <p>{@code $BROWSER} is obeyed with or without a display: commands separated by colons, each with
 * the address in place of {@code %s} or after its last word. Without it, xdg-open, but only where
 * there is a display. No shell is involved. The program gets a session of its own without a
 * terminal, so that a text browser cannot take the daemon's, nor Ctrl-C stop the browser.
 */
public final class Browser {

  /** Long enough for xdg-open to find out that there is no browser. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private Browser() {}

  /** Starts the first browser that works. Takes at most a second for each that does not. */
  public static BrowserResult open(URI address, Map<String, String> environment) {
    List<List<String>> commands = commands(address, environment);
    for (List<String> command : commands) {
      Optional<Path> program = find(command.getFirst(), environment);
      if (program.isPresent() && starts(program.get(), command, environment)) {
        return new BrowserResult.Opened(command.getFirst());
      }
    }
    return new BrowserResult.NotOpened(
        commands.isEmpty()
            ? "there is no display here, and $BROWSER is not set"
            : "could not start "
                + String.join(", ", commands.stream().map(List::getFirst).toList()));
  }

  /** What to try, in this order. */
  static List<List<String>> commands(URI address, Map<String, String> environment) {
    String wanted = environment.getOrDefault("BROWSER", "");
    if (!wanted.isBlank()) {
      return Stream.of(wanted.split(":", -1))
          .filter(entry -> !entry.isBlank())
          .map(entry -> command(entry, address))
          .toList();
    }
    boolean display =
        Stream.of("DISPLAY", "WAYLAND_DISPLAY")
            .anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
    return display ? List.of(List.of("xdg-open", address.toASCIIString())) : List.of();
  }

  private static List<String> command(String entry, URI address) {
    List<String> words = new ArrayList<>(List.of(entry.strip().split("\\s+", -1)));
    if (words.stream().noneMatch(word -> word.contains("%s"))) {
      words.add("%s");
    }
    words.replaceAll(word -> word.replace("%s", address.toASCIIString()));
    return words;
  }

  private static boolean starts(
      Path program, List<String> command, Map<String, String> environment) {
    List<String> words = new ArrayList<>(command);
    words.set(0, program.toString());
    find("setsid", environment).ifPresent(setsid -> words.addFirst(setsid.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      return !process.waitFor(GRACE) || process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static Optional<Path> find(String program, Map<String, String> environment) {
    Stream<Path> places =
        program.contains("/")
            ? Stream.of(Path.of(program))
            : Stream.of(
                    environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin").split(":", -1))
                .map(directory -> Path.of(directory, program));
    return places.filter(Files::isRegularFile).filter(Files::isExecutable).findFirst();
  }
}
