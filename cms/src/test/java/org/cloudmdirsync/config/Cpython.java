package org.cloudmdirsync.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The judge: {@code python3} runs the same files with {@code record.py}. */
final class Cpython {
  private Cpython() {}

  static boolean isPresent() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "python3")));
  }

  /** What each file told the stand-ins, line by line. */
  static Map<Path, List<String>> record(List<Path> files) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3", "-X", "utf8", "-W", "ignore"));
    command.add(Corpus.DIRECTORY.resolve("record.py").toString());
    files.forEach(file -> command.add(file.toString()));
    Path output = Files.createTempFile("cpython", ".txt");
    try {
      Process python =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      python.getOutputStream().close();
      int status = python.waitFor();
      String text = Files.readString(output, StandardCharsets.UTF_8);
      if (status != 0) {
        throw new IOException("python3 ended with " + status + ": " + text);
      }
      return sections(text);
    } finally {
      Files.delete(output);
    }
  }

  private static Map<Path, List<String>> sections(String text) {
    Map<Path, List<String>> sections = new LinkedHashMap<>();
    List<String> current = new ArrayList<>();
    for (String line : text.split("\n")) {
      if (line.startsWith("== ")) {
        current = new ArrayList<>();
        sections.put(Path.of(line.substring(3)), current);
      } else if (!line.isEmpty()) {
        current.add(line);
      }
    }
    return sections;
  }
}
