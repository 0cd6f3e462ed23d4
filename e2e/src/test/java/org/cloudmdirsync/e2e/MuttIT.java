package org.cloudmdirsync.e2e;

import java.nio.file.Path;
import java.util.stream.Stream;

/** mutt and neomutt, reading on a terminal and sending without one. */
class MuttIT extends DoorSuite {
  /** Control-U: what mutt would propose. */
  private static final String CLEARED = "\u0015";

  private static final String TOO_LONG = "OAUTH token is too big";

  @Override
  Stream<Trial> trials() {
    return Stream.of(
        Trial.of(
            "mutt sends", Deed.SENDS, "SASL authentication failed", visit -> send("mutt", visit)),
        Trial.of(
                "mutt reads",
                Deed.READS,
                "XOAUTH2 authentication failed",
                visit -> read("mutt", visit))
            .interactive(),
        Trial.of(
                "mutt reads by OAUTHBEARER",
                Deed.READS,
                "OAUTHBEARER authentication failed",
                visit -> read("mutt", visit.oauthbearer()))
            .interactive(),
        Trial.of("neomutt sends", Deed.SENDS, "535 5.7.3", visit -> send("neomutt", visit))
            .saying(Condition.LONG_TOKEN, TOO_LONG),
        Trial.of(
                "neomutt reads",
                Deed.READS,
                "XOAUTH2 authentication failed",
                visit -> read("neomutt", visit))
            .interactive()
            .saying(Condition.LONG_TOKEN, TOO_LONG));
  }

  private static Run send(String mutt, Visit visit) throws Exception {
    Path settings = visit.example("muttrc", ".muttrc");
    String subject = mutt + " sends";
    return visit.run("hello\n", mutt, "-F", settings.toString(), "-s", subject, "bob@example.net");
  }

  /** Copies the mail that is shown to a file; what is on the screen, if none is. */
  private static Run read(String mutt, Visit visit) throws Exception {
    String settings = visit.example("muttrc", ".muttrc").toString();
    Terminal terminal =
        visit
            .open(mutt, "-F", settings, "-e", "set quit=yes confirmappend=no confirmcreate=no")
            .await("to be fetched|Unable to open mailbox|authentication failed|empty string");
    if (terminal.shows("to be fetched")) {
      terminal.type("C" + CLEARED + visit.home().resolve("mbox") + "\r");
    }
    return terminal.leave("q");
  }
}
