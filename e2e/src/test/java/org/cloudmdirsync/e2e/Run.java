package org.cloudmdirsync.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One finished run of a real program.
 *
 * @param status its exit status
 * @param out its standard output, whole
 * @param err its standard error, whole
 */
record Run(int status, String out, String err) {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Runs a program to its end; one that is still running after a minute fails the test. */
  static Run of(Map<String, String> environment, String input, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("run", ".out");
    Path err = Files.createTempFile("run", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      Process process = builder.start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException closed) {
        // The program may end without reading what it was given.
      }
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError(
            "%s is still running after %s: %s".formatted(command, LIMIT, Files.readString(err)));
      }
      return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Both outputs, for a failure's message. */
  String said() {
    return "status %d%nout: %s%nerr: %s".formatted(status, out, err);
  }
}
