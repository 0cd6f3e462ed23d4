package org.cloudmdirsync.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.cloudmdirsync.dialogue.Explanation;
import org.cloudmdirsync.dialogue.Outcome;
import org.cloudmdirsync.dialogue.Redaction;
import org.cloudmdirsync.dialogue.Server;
import org.cloudmdirsync.sasl.Mechanism;
import org.cloudmdirsync.sasl.SaslChallenge;
import org.cloudmdirsync.secret.Secret;

/**
 * The AUTH command with a token (RFC 4954).
 *
 * <p>In two steps first, because a token seldom fits a command line of 512 bytes and lines of the
 * exchange are not bound to that. Some servers (GreenMail, Apache James) know only the initial
 * response; so a refusal of the bare command, before any credential was seen, is followed by one.
 */
final class Authentication {
  /** Refusals of the form of a command, not of what it asks for. */
  private static final Set<Integer> FORM = Set.of(500, 501, 502, 503, 504);

  /** One error challenge is in order; a server that goes on is mad. */
  private static final int CHALLENGES = 3;

  private final SmtpDialogue dialogue;
  private final Mechanism mechanism;
  private final Secret message;

  private Authentication(SmtpDialogue dialogue, Mechanism mechanism, Secret message) {
    this.dialogue = dialogue;
    this.mechanism = mechanism;
    this.message = message;
  }

  static Outcome perform(SmtpDialogue dialogue, Capabilities offered, String user, Secret token)
      throws IOException {
    Server server = dialogue.wire().server();
    Optional<Mechanism> mechanism = offered.mechanism();
    if (mechanism.isEmpty()) {
      return Verdict.lacking(
          server.authority() + " offers neither XOAUTH2 nor OAUTHBEARER",
          "It takes no tokens: check that this is your provider's submission server.");
    }
    Secret plain = mechanism.get().message(user, server.host(), server.port(), token);
    String base64 = Base64.getEncoder().encodeToString(plain.expose().getBytes(UTF_8));
    dialogue.redact(Redaction.of(token.expose(), base64));
    return new Authentication(dialogue, mechanism.get(), Secret.of(base64)).perform();
  }

  private Outcome perform() throws IOException {
    SmtpReply reply = dialogue.command("AUTH " + mechanism);
    if (reply.code() == 334) {
      return finish(dialogue.command("", message));
    }
    return FORM.contains(reply.code())
        ? finish(dialogue.command("AUTH " + mechanism + " ", message))
        : conclude(reply, Optional.empty());
  }

  /** Answers error challenges until the server comes to its word. */
  private Outcome finish(SmtpReply first) throws IOException {
    SmtpReply reply = first;
    Optional<SaslChallenge> challenge = Optional.empty();
    for (int i = 0; reply.code() == 334 && i < CHALLENGES; i++) {
      challenge = challenge.or(challengeIn(reply));
      reply = dialogue.command(mechanism.errorResponse());
    }
    // RFC 4954 section 4: an asterisk cancels.
    return conclude(reply.code() == 334 ? dialogue.command("*") : reply, challenge);
  }

  private static java.util.function.Supplier<Optional<SaslChallenge>> challengeIn(SmtpReply reply) {
    return () -> SaslChallenge.parse(reply.lines().getFirst());
  }

  private Outcome conclude(SmtpReply reply, Optional<SaslChallenge> challenge) {
    if (reply.code() == 235) {
      return new Outcome.Accepted(reply.said());
    }
    Outcome outcome = Verdict.of(reply);
    return switch (outcome) {
      case Outcome.Refused refused ->
          challenge
              .flatMap(SaslChallenge::scope)
              .map(scope -> wanting(refused, scope))
              .orElse(refused);
      case Outcome.Accepted _, Outcome.Unavailable _ -> outcome;
    };
  }

  /** The challenge tells what a good token would be for. */
  private static Outcome.Refused wanting(Outcome.Refused refused, String scope) {
    Explanation known = refused.explanation();
    return new Outcome.Refused(
        refused.said(),
        new Explanation(
            known.kind(),
            known.meaning() + " It wants a token for " + scope + ".",
            known.remedy()));
  }
}
