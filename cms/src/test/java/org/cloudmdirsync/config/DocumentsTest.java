package org.cloudmdirsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people copy from our examples and documents is a configuration, and serves credentials. */
final class DocumentsTest {
  private static final Path TOP = Path.of("..");
  private static final Pattern SNIPPET = Pattern.compile("(?s)```Python\n(.*?)```");
  private static final Pattern ACCOUNT = Pattern.compile("(?m)^account = .*");

  /** For a snippet about something else. */
  private static final String SERVED =
      """

      served = Office365_Account(user="user@domain.com")
      CredentialServer("/run/cms.sock", accounts=[served])
      """;

  static Stream<Path> examples() throws IOException {
    return files("examples", ".cfg");
  }

  /** Each snippet of a document, after the account it speaks of; its name, then its text. */
  static Stream<List<String>> snippets() throws IOException {
    return Stream.concat(Stream.of(TOP.resolve("README.md")), files("docs", ".md"))
        .flatMap(file ->
            SNIPPET
                .matcher(text(file))
                .results()
                .map(found -> List.of(file.toString(), whole(found.group(1), text(file)))));
  }

  private static String whole(String snippet, String document) {
    Matcher account = ACCOUNT.matcher(document);
    String known =
        ACCOUNT.matcher(snippet).find() || !account.find()
            ? snippet
            : account.group() + "\n" + snippet;
    return known.contains("CredentialServer") ? known : known + SERVED;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleIsAConfiguration(Path file) {
    assertUsable(ConfigFile.load(file, Map.of("HOME", "/home/ann")));
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void aSnippetIsAConfiguration(List<String> snippet) {
    assertUsable(
        ConfigFile.load(
            new Source(snippet.getFirst(), snippet.getLast()),
            Optional.empty(),
            new Directories(Map.of("HOME", "/home/ann"))));
  }

  private static void assertUsable(ConfigResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            ConfigResult.Loaded.class,
            loaded -> {
              assertThat(loaded.notices()).isEmpty();
              assertThat(loaded.configuration().sockets()).isNotEmpty();
            });
  }

  private static Stream<Path> files(String directory, String end) throws IOException {
    try (Stream<Path> files = Files.list(TOP.resolve(directory))) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList().stream();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
