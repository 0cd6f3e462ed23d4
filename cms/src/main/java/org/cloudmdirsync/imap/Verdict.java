package org.cloudmdirsync.imap;

import java.util.Optional;
import org.cloudmdirsync.dialogue.Explanation;
import org.cloudmdirsync.dialogue.Explanation.Kind;
import org.cloudmdirsync.dialogue.Explanations;
import org.cloudmdirsync.dialogue.Outcome;

/** Turns a command's end that was not the wished one into an outcome. Pure. */
final class Verdict {
  private static final Explanations KNOWN = Explanations.beside(Verdict.class, "refusals.txt");

  private Verdict() {}

  static Outcome of(ImapResponse.Tagged end) {
    Explanation explanation =
        KNOWN
            .of(end.said())
            .orElseGet(() ->
                new Explanation(
                    Kind.UNKNOWN,
                    "The server refuses, for a reason of its own.",
                    "Its words above are all there is to go by."));
    return switch (explanation.kind()) {
      case PASSING ->
          new Outcome.Unavailable(Outcome.Cause.SERVER, end.said(), Optional.of(explanation));
      case TOKEN, IDENTITY, POLICY, ADDRESS, MESSAGE, SERVER, UNKNOWN ->
          new Outcome.Refused(end.said(), explanation);
    };
  }

  /** The server lacks something; {@code said} is ours. */
  static Outcome lacking(String said, String remedy) {
    return new Outcome.Refused(said, new Explanation(Kind.SERVER, said + ".", remedy));
  }
}
