package org.cloudmdirsync.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs a program once as its users do, so that the JVM records what to keep in its AOT cache. */
record Training(Image image) {
  /** A demo takes seconds; a build machine may be slow. */
  private static final long PATIENCE_MINUTES = 5;

  /** Asks a daemon for a token. */
  void client(Program program) throws IOException, InterruptedException {
    try (StandInDaemon daemon = StandInDaemon.open()) {
      run(program, "--user=user@example.com", "--cms_sock=" + daemon.socket(), "--output=token");
    }
  }

  /** Goes through sign-in, tokens, the socket and the web page. */
  void daemon(Program program) throws IOException, InterruptedException {
    run(program, "demo");
  }

  private void run(Program program, String... arguments) throws IOException, InterruptedException {
    Path log = image.directory().resolveSibling(program.name() + ".training.log");
    Process training =
        new ProcessBuilder(command(program, arguments))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = training.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      training.destroyForcibly();
    }
    if (!ended || training.exitValue() != 0 || !Files.exists(cache(program))) {
      throw new IllegalStateException(
          "the training run of " + program.name() + " failed:\n" + Files.readString(log));
    }
  }

  private List<String> command(Program program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(image.java().toString());
    command.addAll(program.flags());
    command.add("-XX:AOTCacheOutput=" + cache(program));
    command.add("-cp");
    command.add(
        program.jars().stream()
            .map(jar -> image.lib().resolve(jar).toString())
            .collect(Collectors.joining(":")));
    command.add(program.mainClass());
    command.addAll(List.of(arguments));
    return command;
  }

  private Path cache(Program program) {
    return image.lib().resolve(program.cache());
  }
}
