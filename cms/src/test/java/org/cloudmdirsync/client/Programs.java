package org.cloudmdirsync.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs programs as a user's shell would. */
final class Programs {
  private static final List<String> KEPT = List.of("PATH", "HOME", "JAVA_HOME", "PYENV_ROOT");

  private Programs() {}

  /** A program that has ended. */
  record Finished(int status, String out, String err) {}

  static boolean isInstalled(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  static Finished run(List<String> command, String input) throws IOException, InterruptedException {
    return run(command, Map.of(), input);
  }

  /**
   * Runs a program to its end.
   *
   * @param environment in addition to the few variables every program needs
   */
  static Finished run(List<String> command, Map<String, String> environment, String input)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().retainAll(KEPT);
    builder.environment().putAll(environment);
    Path err = Files.createTempFile("err", ".txt");
    try {
      Process process = builder.redirectError(err.toFile()).start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(UTF_8));
      } catch (IOException itHasEndedWithoutReading) {
        // Most read nothing.
      }
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Finished(process.waitFor(), out, Files.readString(err));
    } finally {
      Files.delete(err);
    }
  }

  /**
   * {@code cms-oauth} on the JVM, or the executable named by the system property {@code
   * cms.oauth.program}.
   */
  static List<String> client() {
    String executable = System.getProperty("cms.oauth.program", "");
    if (executable.isEmpty()) {
      String java = System.getProperty("java.home") + "/bin/java";
      String classes = Path.of("target", "classes").toAbsolutePath().toString();
      return List.of(
          java,
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xlog:disable",
          "-cp",
          classes,
          CmsOauth.class.getName());
    }
    assumeTrue(Files.exists(Path.of(executable)), "built without a C compiler");
    return List.of(executable);
  }

  static Path resource(String name) {
    return Path.of(
        URI.create(
            Objects.requireNonNull(Programs.class.getResource(name), name).toExternalForm()));
  }

  /** What a program's {@code --version} must match: the version is the one in the build's file. */
  static String versionOf(String program) throws IOException {
    return program
        + " "
        + Pattern.quote(version())
        + " \\(commit ([0-9a-f]{12}(\\+changes)?|unknown), (native|Java 25\\S*)\\)\n";
  }

  private static String version() throws IOException {
    Matcher version =
        Pattern.compile("<version>([^<]+)</version>")
            .matcher(Files.readString(Path.of("..", "pom.xml")));
    return version.find() ? version.group(1) : "none";
  }
}
