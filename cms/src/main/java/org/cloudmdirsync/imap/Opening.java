package org.cloudmdirsync.imap;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cloudmdirsync.dialogue.Outcome;
import org.cloudmdirsync.dialogue.Wire;

/** Greeting, CAPABILITY, STARTTLS, CAPABILITY: from a fresh connection to a secure one. */
sealed interface Opening {

  /** The connection is secure, and the server offers this, in upper case. */
  record Ready(Set<String> capabilities) implements Opening {
    /** Every way to sign in that is offered. */
    Set<String> mechanisms() {
      return capabilities.stream()
          .filter(capability -> capability.startsWith("AUTH="))
          .map(capability -> capability.substring("AUTH=".length()))
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  /** It will not be. */
  record Stopped(Outcome outcome) implements Opening {}

  static Opening perform(ImapDialogue dialogue) throws IOException {
    if (!(dialogue.next() instanceof ImapResponse.Untagged(String greeting)
        && greeting.regionMatches(true, 0, "OK", 0, 2))) {
      // PREAUTH too: there is nothing to try, and in the clear it is a trick to keep TLS away.
      return new Stopped(
          Verdict.lacking(
              dialogue.wire().server().authority() + " does not greet as an IMAP server does",
              "Check host and port."));
    }
    Set<String> offered = capabilities(dialogue);
    return dialogue.wire().isSecure() ? new Ready(offered) : startTls(dialogue, offered);
  }

  private static Opening startTls(ImapDialogue dialogue, Set<String> offered) throws IOException {
    Wire wire = dialogue.wire();
    if (!offered.contains("STARTTLS")) {
      return new Stopped(
          Verdict.lacking(
              wire.server().authority() + " offers no STARTTLS, so nothing secret was sent",
              "Try port 993, or find out who stands between you and the server."));
    }
    ImapDialogue.Result go = dialogue.command("STARTTLS");
    if (!go.isOk()) {
      return new Stopped(Verdict.of(go.end()));
    }
    wire.secure();
    // RFC 3501 section 6.2.1: what was said in the clear counts no more.
    return new Ready(capabilities(dialogue));
  }

  private static Set<String> capabilities(ImapDialogue dialogue) throws IOException {
    List<String> untagged = dialogue.command("CAPABILITY").untagged();
    return untagged.stream()
        .map(line -> line.toUpperCase(Locale.ROOT))
        .filter(line -> line.startsWith("CAPABILITY "))
        .flatMap(line -> Stream.of(line.split("\\s+")).skip(1))
        .collect(Collectors.toUnmodifiableSet());
  }
}
