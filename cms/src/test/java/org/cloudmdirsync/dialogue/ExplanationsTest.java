package org.cloudmdirsync.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

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
    Explanations table = Explanations.parse(TABLE);
    assertThat(table.of("535 Policy"))
        .contains(
            new Explanation(Explanation.Kind.POLICY, "A rule: the organisation's own.", "Ask."));
    assertThat(table.of("535 no"))
        .contains(new Explanation(Explanation.Kind.TOKEN, "No.", "Sign in."));
    assertThat(table.of("250 535")).isEmpty();
  }

  @Test
  void aParagraphMustBeWhole() {
    assertThatThrownBy(() -> Explanations.parse("match: x\nkind: token\nmeans: y\n"))
        .hasMessageContaining("no \"do:\"");
    assertThatThrownBy(() -> Explanations.parse("match: x\nkind: ?\nmeans: y\ndo: z\n"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
