package org.cloudmdirsync.smtp;

import java.io.IOException;
import org.cloudmdirsync.dialogue.Outcome;
import org.cloudmdirsync.dialogue.Wire;

/** Greeting, EHLO, STARTTLS, EHLO: from a fresh connection to a secure one. */
sealed interface Opening {

  /** The connection is secure, and the server offers this. */
  record Ready(Capabilities capabilities) implements Opening {}

  /** It will not be. */
  record Stopped(Outcome outcome) implements Opening {}

  static Opening perform(SmtpDialogue dialogue) throws IOException {
    SmtpReply greeting = dialogue.reply();
    if (!greeting.isPositive()) {
      return new Stopped(Verdict.of(greeting));
    }
    SmtpReply ehlo = dialogue.ehlo();
    if (!ehlo.isPositive()) {
      return new Stopped(Verdict.of(ehlo));
    }
    return dialogue.wire().isSecure()
        ? new Ready(Capabilities.of(ehlo))
        : startTls(dialogue, Capabilities.of(ehlo));
  }

  private static Opening startTls(SmtpDialogue dialogue, Capabilities offered) throws IOException {
    Wire wire = dialogue.wire();
    if (!offered.offers("STARTTLS")) {
      return new Stopped(
          Verdict.lacking(
              wire.server().authority() + " offers no STARTTLS, so nothing secret was sent",
              "Try port 465, or find out who stands between you and the server."));
    }
    SmtpReply go = dialogue.command("STARTTLS");
    if (go.code() != 220) {
      return new Stopped(Verdict.of(go));
    }
    wire.secure();
    // RFC 3207 section 4.2: what was said in the clear counts no more.
    SmtpReply ehlo = dialogue.ehlo();
    return ehlo.isPositive() ? new Ready(Capabilities.of(ehlo)) : new Stopped(Verdict.of(ehlo));
  }
}
