package org.cloudmdirsync.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * A package's archive of classes that are ready to use. Unlike an AOT cache it depends on nothing
 * but the runtime, the jars and a list of names that is kept with the sources; and the JVM refuses
 * it beside a jar it does not belong to.
 */
final class ClassArchive {
  /** In {@code lib/cms/}. */
  static final String FILE_NAME = "cms.jsa";

  /**
   * Left out: TLS, HTTP, JSON and dates. They are loaded when a token is requested, and the network
   * takes longer. In the archive they would take 12 MB and save 0.1 s of a start.
   */
  private static final Pattern LATE =
      Pattern.compile(
          "(sun/(security|net|util|text)|com/sun|javax|java/(security|net/http|text|time|math)"
              + "|jdk/internal/(net|icu)|com/google/gson)/.*");

  private static final String OURS = "org/cloudmdirsync/";

  private ClassArchive() {}

  /** Writes the archive of the classes that are named in a file, for a program and its like. */
  static void write(Image image, Program program, Path names)
      throws IOException, InterruptedException {
    // The path of the first jar goes into the archive: one that is the same wherever we build.
    String classPath =
        program.jars().stream()
            .map(jar -> "/proc/self/cwd/lib/cms/" + jar)
            .collect(Collectors.joining(":"));
    List<String> command =
        new ArrayList<>(
            List.of(
                "bin/java",
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + names.toAbsolutePath(),
                "-XX:SharedArchiveFile=lib/cms/" + FILE_NAME,
                "-XX:+UseSerialGC",
                // Addresses of objects are counted from the end of the heap, which would
                // otherwise be as large as this machine's memory wants it.
                "-Xmx64m",
                // All of it for young objects: when they are collected depends on the length of
                // this directory's name, and what is collected is missing in the archive.
                "-Xms64m",
                "-Xmn56m",
                "-XX:SurvivorRatio=20",
                "-Xlog:disable",
                "-Xlog:all=error:stderr"));
    command.addAll(program.moduleFlags());
    command.addAll(List.of("-cp", classPath));
    Process dump =
        new ProcessBuilder(command).directory(image.directory().toFile()).inheritIO().start();
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
          .filter(line -> !LATE.matcher(className(line)).matches())
          .map(line -> line.startsWith("@") ? line : line.split(" ", 2)[0])
          .distinct()
          // '@' comes before letters; lambdas must follow the classes they belong to.
          .sorted((a, b) -> order(a).compareTo(order(b)))
          .toList();
    }
  }

  /**
   * The JVM says nothing of a class that is gone, and starts a little slower.
   *
   * @param product our own jar
   */
  static void refuseStale(Path names, Path product) throws IOException {
    try (ZipFile jar = new ZipFile(product.toFile());
        Stream<String> lines = Files.lines(names)) {
      List<String> gone =
          lines
              .map(ClassArchive::className)
              .filter(name -> name.startsWith(OURS) && jar.getEntry(name + ".class") == null)
              .distinct()
              .toList();
      if (!gone.isEmpty()) {
        throw new IllegalStateException(
            "%s names classes that are no more (remove it, and ./check package records it anew): %s"
                .formatted(names, gone));
      }
    }
  }

  /** Of a lambda: the class it is written in. */
  private static String className(String line) {
    String[] words = line.split(" ", 3);
    return line.startsWith("@lambda-proxy") ? words[1] : words[0];
  }

  private static String order(String line) {
    return line.startsWith("@") ? "~" + line : line;
  }
}
