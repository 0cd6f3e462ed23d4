package org.cloudmdirsync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same file, run by CPython and by us, must tell the same to whoever listens. */
final class CpythonTest {
  /** Change it to look elsewhere; a failure names the file it made. */
  private static final long SEED = 20261123;

  private static final int PROGRAMS = 400;

  @BeforeEach
  void needsPython() {
    assumeTrue(Cpython.isPresent(), "python3 is not installed");
  }

  @Test
  void corpus() throws IOException, InterruptedException {
    List<Path> files = Corpus.valid();
    assertThat(files).isNotEmpty();
    for (Map.Entry<Path, List<String>> judged : Cpython.record(files).entrySet()) {
      assertSame(judged.getKey(), judged.getValue());
      assertThat(judged.getValue()).as("%s", judged.getKey()).doesNotContain("error");
    }
  }

  @Test
  void generatedPrograms(@TempDir Path directory) throws IOException, InterruptedException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < PROGRAMS; i++) {
      Path file = directory.resolve("program-" + i + ".cfg");
      files.add(Files.writeString(file, new ProgramGenerator(new Random(SEED + i)).program()));
    }
    int errors = 0;
    for (Map.Entry<Path, List<String>> judged : Cpython.record(files).entrySet()) {
      assertSame(judged.getKey(), judged.getValue());
      errors += judged.getValue().contains("error") ? 1 : 0;
    }
    // Both kinds must occur, else the comparison says little.
    assertThat(errors).isBetween(PROGRAMS / 50, PROGRAMS / 2);
  }

  private static void assertSame(Path file, List<String> judged) throws IOException {
    String text = Files.readString(file);
    Recording ours = Recording.of(new Source(file.getFileName().toString(), text));
    assertThat(ours.lines()).as("%s%n%s%n%s", file, ours.refusal(), text).isEqualTo(judged);
  }
}
