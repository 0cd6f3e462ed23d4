package org.cloudmdirsync.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files in {@code src/test/resources/config}: with an {@code .expect} beside it, an error. */
final class Corpus {
  static final Path DIRECTORY = Path.of("src/test/resources/config");

  private Corpus() {}

  static List<Path> valid() throws IOException {
    return files(false);
  }

  static List<Path> wrong() throws IOException {
    return files(true);
  }

  static Path expectation(Path file) {
    return file.resolveSibling(file.getFileName().toString().replace(".cfg", ".expect"));
  }

  private static List<Path> files(boolean wrong) throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .filter(file -> file.toString().endsWith(".cfg"))
          .filter(file -> Files.exists(expectation(file)) == wrong)
          .sorted()
          .toList();
    }
  }
}
