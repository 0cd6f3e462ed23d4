package org.cloudmdirsync.e2e;

import java.util.stream.Stream;

/** Programs that copy a mailbox to a Maildir. */
class MbsyncIT extends DoorSuite {
  @Override
  Stream<Trial> trials() {
    return Stream.of(
        Trial.of("mbsync", Deed.READS, "IMAP wants more steps", MbsyncIT::mbsync),
        Trial.of("offlineimap", Deed.READS, "AUTHENTICATIONFAILED", MbsyncIT::offlineimap),
        Trial.of("getmail", Deed.READS, "AUTHENTICATIONFAILED", MbsyncIT::getmail)
            .sayingStatusOnly("cms-oauth exited with %d"));
  }

  /** It hangs where Dovecot explains why a token is refused: hence timeout. */
  private static Run mbsync(Visit visit) throws Exception {
    visit.maildir();
    String settings = visit.example("mbsyncrc", ".mbsyncrc").toString();
    return visit.run("", "timeout", "8", Programs.installed("mbsync"), "-c", settings, "mail");
  }

  private static Run offlineimap(Visit visit) throws Exception {
    visit.example("offlineimaprc", ".offlineimaprc");
    visit.example("offlineimap.py", ".offlineimap.py");
    return visit.run("", "offlineimap", "-o");
  }

  private static Run getmail(Visit visit) throws Exception {
    visit.maildir().example("getmailrc", ".config/getmail/getmailrc");
    return visit.runAsNobody("getmail");
  }
}
