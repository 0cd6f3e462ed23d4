package org.cloudmdirsync.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationsTest {
  private static final String TABLE =
      """
      # A comment.

      match: ^535 .*policy
      kind: policy
      means: A rule: the organisation's
        own.
      do: Ask.
      # Another.

      match: ^535
      kind: token
      means: No.
      do: Sign in.
      """;

  @Test
  void theFirstMatchCounts() {
    Explanations table = Explanations.parse("a.txt", TABLE);
    assertThat(table.of("535 Policy"))
        .contains(
            new Explanation(Explanation.Kind.POLICY, "A rule: the organisation's own.", "Ask."));
    assertThat(table.of("535 no"))
        .contains(new Explanation(Explanation.Kind.TOKEN, "No.", "Sign in."));
    assertThat(table.of("250 535")).isEmpty();
  }

  /** Whoever writes a table of their own is told where it is wrong. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          match: x;kind: token;means: y           | a.txt:1: no "do:"
          #;;match: x;kind: ?;means: y;do: z      | a.txt:4: there is no kind "?", only token, identity
          match: (;kind: token;means: y;do: z     | a.txt:1: no regular expression
          match: x;match: y                       | a.txt:2: a second "match:"
          matches: x                              | a.txt:1: a line begins with match:
          """)
  void namesTheLineThatIsWrong(String table, String error) {
    assertThatThrownBy(() -> Explanations.parse("a.txt", table.replace(';', '\n')))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(error);
  }

  @Test
  void aLineThatContinuesNothingIsWrong() {
    assertThatThrownBy(() -> Explanations.parse("a.txt", "\n  more\n"))
        .hasMessageStartingWith("a.txt:2: ");
  }

  @Test
  void aUsersTableComesFirst(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("a.txt"), TABLE.replace("Sign in.", "Call 5."));
    Explanations both = Explanations.of(file).or(Explanations.parse("b", TABLE));
    assertThat(both.of("535 no").map(Explanation::remedy)).contains("Call 5.");
    assertThatThrownBy(() -> Explanations.of(Files.writeString(file, "?")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ":1: ");
  }
}
