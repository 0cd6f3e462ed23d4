package org.cloudmdirsync.e2e;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** Where the programs are: ours as built, the others as installed. */
final class Programs {
  private static final Path BUILT =
      Path.of(Objects.requireNonNull(System.getProperty("cms.home")), "bin");

  private Programs() {}

  /** Where ours are, for a PATH. */
  static Path directory() {
    return BUILT;
  }

  /** One of ours. */
  static String built(String name) {
    Path program = BUILT.resolve(name);
    if (!Files.isExecutable(program)) {
      throw new AssertionError(program + " is not built");
    }
    return program.toString();
  }

  /**
   * A copy of one of ours where other users can reach it; of the launch script, where there is no
   * native program, the original.
   */
  static Path copied(String name, Path directory) throws IOException {
    Path program = Path.of(built(name));
    boolean script = Files.readString(program, StandardCharsets.ISO_8859_1).startsWith("#!");
    return script ? program : Files.copy(program, directory.resolve(name), COPY_ATTRIBUTES);
  }

  /** A program of the system; without it the test is left out, which ./check forbids in CI. */
  static String installed(String name) {
    return Stream.of("/usr/bin", "/usr/sbin", "/usr/local/bin")
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString)
        .orElseGet(() -> abort(name + " is not installed: ./check install"));
  }
}
