package org.cloudmdirsync.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The project's own documents and examples: what people copy, and tests run. */
final class Documents {
  private static final Path TOP = Path.of(Objects.requireNonNull(System.getProperty("cms.top")));

  private Documents() {}

  /** An example's text. */
  static String example(String name) {
    return text("examples/" + name);
  }

  /** Everything people can copy from a document, in its order. */
  static List<Block> blocks(String document) {
    return Block.in(document, text(document));
  }

  /** The first block of a document in which this stands; it must be there. */
  static Block block(String document, String part) {
    return blocks(document).stream()
        .filter(block -> block.text().contains(part))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no block with " + part + " in " + document));
  }

  /** README and the pages of docs/. */
  static List<String> names() {
    return Stream.concat(
            Stream.of("README.md"),
            files("docs").filter(name -> name.endsWith(".md")).map(name -> "docs/" + name))
        .toList();
  }

  /** The names of the files in a directory of the project. */
  static Stream<String> files(String directory) {
    try (Stream<Path> files = Files.list(TOP.resolve(directory))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of the project. */
  static String text(String path) {
    try {
      return Files.readString(TOP.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a file of the project is. */
  static Path path(String path) {
    return TOP.resolve(path);
  }
}
