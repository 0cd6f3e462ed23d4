package org.cloudmdirsync.smtp;

import java.util.Optional;
import org.cloudmdirsync.dialogue.Explanation;
import org.cloudmdirsync.dialogue.Explanation.Kind;
import org.cloudmdirsync.dialogue.Explanations;
import org.cloudmdirsync.dialogue.Outcome;

/** Turns a reply that was not the wished one into an outcome. Pure. */
final class Verdict {
  private static final Explanations KNOWN = Explanations.beside(Verdict.class, "refusals.txt");

  private Verdict() {}

  /** A negative reply; a positive or intermediate one in the wrong place counts as nonsense. */
  static Outcome of(SmtpReply reply) {
    Explanation explanation = KNOWN.of(reply.said()).orElseGet(() -> unknown(reply));
    return switch (explanation.kind()) {
      case PASSING -> later(reply, explanation);
      case TOKEN, IDENTITY, POLICY, ADDRESS, MESSAGE, SERVER, UNKNOWN ->
          reply.isPermanent()
              ? new Outcome.Refused(reply.said(), explanation)
              : later(reply, explanation);
    };
  }

  /** The server lacks something; {@code said} is ours. */
  static Outcome lacking(String said, String remedy) {
    return new Outcome.Refused(said, new Explanation(Kind.SERVER, said + ".", remedy));
  }

  private static Outcome later(SmtpReply reply, Explanation explanation) {
    return new Outcome.Unavailable(Outcome.Cause.SERVER, reply.said(), Optional.of(explanation));
  }

  private static Explanation unknown(SmtpReply reply) {
    return reply.isPermanent()
        ? new Explanation(
            Kind.UNKNOWN,
            "The server refuses for good, for a reason of its own.",
            "Its words above are all there is to go by.")
        : new Explanation(
            Kind.PASSING, "The server did not do it now.", "Try again in a few minutes.");
  }
}
