package org.cloudmdirsync.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A package's archive of classes that are ready to use. Unlike an AOT cache it depends on nothing
 * but the runtime, the jars and a list of names that is kept with the sources; and the JVM refuses
 * it beside a jar it does not belong to. A daemon takes about 20 ms longer to start from it.
 */
final class ClassArchive {
  /** In {@code lib/cms/}. */
  static final String FILE_NAME = "cms.jsa";

  private ClassArchive() {}

  /** Writes the archive of the classes that are named in a file. */
  static void write(Image image, List<String> jars, Path names)
      throws IOException, InterruptedException {
    // The path of the first jar goes into the archive: one that is the same wherever we build.
    String classPath =
        jars.stream().map(jar -> "/proc/self/cwd/lib/cms/" + jar).collect(Collectors.joining(":"));
    Process dump =
        new ProcessBuilder(
                "bin/java",
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + names.toAbsolutePath(),
                "-XX:SharedArchiveFile=lib/cms/" + FILE_NAME,
                "-XX:+UseSerialGC",
                // Addresses of objects are counted from the end of the heap, which would
                // otherwise be as large as this machine's memory wants it.
                "-Xmx64m",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-cp",
                classPath)
            .directory(image.directory().toFile())
            .inheritIO()
            .start();
    if (dump.waitFor() != 0) {
      throw new IllegalStateException("the archive of classes was not made");
    }
  }

  /**
   * What is worth keeping of a recorded list: names and lambdas, without the order of their
   * loading.
   */
  static List<String> essence(Path recorded) throws IOException {
    try (Stream<String> lines = Files.lines(recorded)) {
      return lines
          .filter(line -> !line.startsWith("#") && !line.startsWith("@cp"))
          .map(line -> line.startsWith("@") ? line : line.split(" ", 2)[0])
          .distinct()
          // '@' comes before letters; lambdas must follow the classes they belong to.
          .sorted((a, b) -> order(a).compareTo(order(b)))
          .toList();
    }
  }

  private static String order(String line) {
    return line.startsWith("@") ? "~" + line : line;
  }
}
