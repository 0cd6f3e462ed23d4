package org.cloudmdirsync.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cloudmdirsync.dialogue.Explanation;
import org.cloudmdirsync.dialogue.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class VerdictTest {
  /** What servers said in the field, and what it is. */
  @ParameterizedTest
  @CsvFileSource(resources = "replies.csv", delimiter = '|', numLinesToSkip = 1)
  void repliesAreUnderstood(int code, String text, String verdict, String meaning) {
    Outcome outcome = Verdict.of(new SmtpReply(code, List.of(text)));
    switch (outcome) {
      case Outcome.Refused(String said, Explanation why) -> {
        assertThat(said).isEqualTo(code + " " + text);
        assertThat(why.kind()).hasToString(verdict);
        assertThat(why.meaning()).contains(meaning);
      }
      case Outcome.Unavailable(Outcome.Cause cause, String _, var why) -> {
        assertThat(verdict).isEqualTo("PASSING");
        assertThat(cause).isEqualTo(Outcome.Cause.SERVER);
        assertThat(why.orElseThrow().meaning()).contains(meaning);
      }
      case Outcome.Accepted _ -> throw new AssertionError("a refusal was accepted");
    }
  }
}
