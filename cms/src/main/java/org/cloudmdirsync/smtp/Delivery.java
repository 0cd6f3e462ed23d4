package org.cloudmdirsync.smtp;

import java.io.IOException;
import java.util.Optional;
import org.cloudmdirsync.dialogue.Explanation;
import org.cloudmdirsync.dialogue.Outcome;

/** MAIL, RCPT, DATA: one message on an authenticated connection. */
final class Delivery {
  private final SmtpDialogue dialogue;
  private final Capabilities offered;

  Delivery(SmtpDialogue dialogue, Capabilities offered) {
    this.dialogue = dialogue;
    this.offered = offered;
  }

  Outcome perform(Envelope envelope, byte[] message) throws IOException {
    byte[] wire = WireForm.of(message);
    Optional<Outcome> hopeless = hopeless(envelope, wire.length);
    if (hopeless.isPresent()) {
      return hopeless.get();
    }
    SmtpReply mail = dialogue.command(mailFrom(envelope, message, wire.length));
    if (!mail.isPositive()) {
      return Verdict.of(mail);
    }
    for (String recipient : envelope.to()) {
      SmtpReply rcpt = dialogue.command("RCPT TO:<" + recipient + ">");
      if (!rcpt.isPositive()) {
        return Verdict.of(rcpt);
      }
    }
    SmtpReply go = dialogue.command("DATA");
    if (go.code() != 354) {
      return Verdict.of(go);
    }
    SmtpReply done = dialogue.data(wire);
    return done.isPositive() ? new Outcome.Accepted(done.said()) : Verdict.of(done);
  }

  /** What the server has told us it will not take. */
  private Optional<Outcome> hopeless(Envelope envelope, int size) {
    if (envelope.isInternational() && !offered.offers("SMTPUTF8")) {
      return Optional.of(
          new Outcome.Refused(
              "the server offers no SMTPUTF8",
              new Explanation(
                  Explanation.Kind.ADDRESS,
                  "An address has letters beyond ASCII, which this server does not take.",
                  "Use an ASCII address.")));
    }
    return offered
        .size()
        .filter(limit -> size > limit)
        .map(limit ->
            new Outcome.Refused(
                "the server takes at most " + limit + " bytes",
                new Explanation(
                    Explanation.Kind.MESSAGE,
                    "The message has " + size + " bytes.",
                    "Send less, or a link.")));
  }

  private String mailFrom(Envelope envelope, byte[] message, int size) {
    StringBuilder command = new StringBuilder("MAIL FROM:<" + envelope.from() + ">");
    if (offered.offers("SIZE")) {
      command.append(" SIZE=").append(size);
    }
    // Where 8BITMIME is missing the bytes are sent all the same: servers have taken them for ever.
    if (WireForm.isEightBit(message) && offered.offers("8BITMIME")) {
      command.append(" BODY=8BITMIME");
    }
    if (envelope.isInternational()) {
      command.append(" SMTPUTF8");
    }
    return command.toString();
  }
}
