package org.cloudmdirsync.imap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.cloudmdirsync.dialogue.Outcome;
import org.cloudmdirsync.dialogue.Redaction;
import org.cloudmdirsync.dialogue.Server;
import org.cloudmdirsync.sasl.Mechanism;
import org.cloudmdirsync.secret.Secret;

/**
 * The AUTHENTICATE command with a token (RFC 3501 section 6.2.2).
 *
 * <p>In two steps first, which every server knows; where the bare command is not understood and
 * SASL-IR is offered (RFC 4959), with an initial response.
 */
final class Authentication {
  /** One error challenge is in order; a server that goes on is mad. */
  private static final int CHALLENGES = 3;

  private final ImapDialogue dialogue;
  private final Mechanism mechanism;
  private final Secret message;

  private Authentication(ImapDialogue dialogue, Mechanism mechanism, Secret message) {
    this.dialogue = dialogue;
    this.mechanism = mechanism;
    this.message = message;
  }

  static Outcome perform(ImapDialogue dialogue, Set<String> offered, String user, Secret token)
      throws IOException {
    Server server = dialogue.wire().server();
    Optional<Mechanism> mechanism = mechanism(offered);
    if (mechanism.isEmpty()) {
      return Verdict.lacking(
          server.authority() + " offers neither XOAUTH2 nor OAUTHBEARER",
          "It takes no tokens: check that this is your provider's IMAP server.");
    }
    Secret plain = mechanism.get().message(user, server.host(), server.port(), token);
    String base64 = Base64.getEncoder().encodeToString(plain.expose().getBytes(UTF_8));
    dialogue.redact(Redaction.of(token.expose(), base64));
    return new Authentication(dialogue, mechanism.get(), Secret.of(base64))
        .perform(offered.contains("SASL-IR"));
  }

  private static Optional<Mechanism> mechanism(Set<String> offered) {
    if (offered.contains("AUTH=XOAUTH2")) {
      return Optional.of(Mechanism.XOAUTH2);
    }
    return offered.contains("AUTH=OAUTHBEARER")
        ? Optional.of(Mechanism.OAUTHBEARER)
        : Optional.empty();
  }

  private Outcome perform(boolean initialResponse) throws IOException {
    dialogue.begin("AUTHENTICATE " + mechanism);
    return switch (dialogue.nextTurn()) {
      case ImapResponse.Continuation _ -> {
        dialogue.answer(message.expose());
        yield finish();
      }
      case ImapResponse.Tagged end when isMisunderstanding(end) && initialResponse -> {
        dialogue.begin("AUTHENTICATE " + mechanism + " ", message);
        yield finish();
      }
      case ImapResponse.Tagged end -> conclude(end);
      case ImapResponse.Untagged _ -> throw new IllegalStateException("nextTurn passes these over");
    };
  }

  private static boolean isMisunderstanding(ImapResponse.Tagged end) {
    return end.status() == ImapResponse.Status.BAD;
  }

  /** Answers error challenges until the server comes to its word; an asterisk cancels. */
  private Outcome finish() throws IOException {
    ImapResponse turn = dialogue.nextTurn();
    for (int i = 0; turn instanceof ImapResponse.Continuation && i <= CHALLENGES; i++) {
      dialogue.answer(i < CHALLENGES ? mechanism.errorResponse() : "*");
      turn = dialogue.nextTurn();
    }
    return switch (turn) {
      case ImapResponse.Tagged end -> conclude(end);
      case ImapResponse.Continuation _, ImapResponse.Untagged _ ->
          throw new IOException("the server does not end the authentication");
    };
  }

  private static Outcome conclude(ImapResponse.Tagged end) {
    return switch (end.status()) {
      case OK -> new Outcome.Accepted(end.said());
      case NO, BAD -> Verdict.of(end);
    };
  }
}
