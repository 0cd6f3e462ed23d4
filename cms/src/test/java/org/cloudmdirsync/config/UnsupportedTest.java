package org.cloudmdirsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Python has and a configuration has not is an error that says so, at its place. */
final class UnsupportedTest {

  /** Blocks of a program and, as the last line, the error. */
  static List<String> cases() throws IOException {
    return Arrays.stream(
            Files.readString(Corpus.DIRECTORY.resolve("unsupported.txt")).strip().split("\n\n"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysThatItIsNotSupported(String lines) {
    int last = lines.lastIndexOf('\n');
    ConfigResult result =
        ConfigFile.load(
            new Source("cms.cfg", lines.substring(0, last + 1)),
            Optional.empty(),
            new Directories(Map.of("HOME", "/home/ann")));
    assertThat(result)
        .isInstanceOfSatisfying(
            ConfigResult.Invalid.class,
            invalid -> {
              ConfigError error = invalid.errors().getFirst();
              assertThat(error.line() + ":" + error.column() + ": " + error.message())
                  .isEqualTo(lines.substring(last + 1));
            });
  }
}
