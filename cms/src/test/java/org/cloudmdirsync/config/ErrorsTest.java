package org.cloudmdirsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every wrong file in the corpus gives exactly the words beside it. */
final class ErrorsTest {

  static List<Path> wrong() throws IOException {
    return Corpus.wrong();
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void saysWhatIsWrongAndWhere(Path file) throws IOException {
    Source source = new Source("cms.cfg", Files.readString(file));
    ConfigResult result =
        ConfigFile.load(source, Optional.empty(), new Directories(Map.of("HOME", "/home/ann")));
    String said =
        switch (result) {
          case ConfigResult.Loaded _ -> "nothing";
          case ConfigResult.Invalid(List<ConfigError> errors) ->
              errors.stream().map(error -> error + "\n").collect(Collectors.joining());
        };
    assertThat(said).isEqualTo(Files.readString(Corpus.expectation(file)));
  }
}
