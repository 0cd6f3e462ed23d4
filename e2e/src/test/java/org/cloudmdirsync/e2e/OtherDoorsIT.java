package org.cloudmdirsync.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** s-nail, mpop, curl and Python's own library. */
class OtherDoorsIT extends DoorSuite {
  @Override
  Stream<Trial> trials() {
    return Stream.of(
        Trial.of("s-nail sends", Deed.SENDS, "535 5.7.3", OtherDoorsIT::snail),
        Trial.of("mpop reads", Deed.READS, "authentication failed", OtherDoorsIT::mpop)
            .saying(Condition.LONG_TOKEN, "longer than 4093 characters"),
        Trial.of(
                "mpop reads by OAUTHBEARER",
                Deed.READS,
                "authentication failed",
                visit -> mpop(visit.oauthbearer()))
            .saying(Condition.LONG_TOKEN, "longer than 4093 characters"),
        Trial.of(
            "curl reads by OAUTHBEARER",
            Deed.READS,
            "Login denied",
            visit -> script(visit.oauthbearer(), "sh", "curl-mail.sh", "read")),
        Trial.of(
            "curl reads",
            Deed.READS,
            "Login denied",
            visit -> script(visit, "sh", "curl-mail.sh", "read")),
        Trial.of(
            "curl sends",
            Deed.SENDS,
            "Login denied",
            visit -> script(visit, "sh", "curl-mail.sh", "send", "bob@example.net")),
        Trial.of(
            "Python reads",
            Deed.READS,
            "AUTHENTICATIONFAILED",
            visit -> script(visit, "python3", "python-mail.py", "read")),
        Trial.of(
            "Python sends",
            Deed.SENDS,
            "535, b'5.7.3",
            visit -> script(visit, "python3", "python-mail.py", "send", "bob@example.net")));
  }

  private static Run snail(Visit visit) throws Exception {
    String settings = visit.example("mailrc", ".mailrc").toString();
    String dead = "-SDEAD=" + visit.home().resolve("dead.letter");
    // As root it looks for its files in root's own home.
    return visit.run(
        "hello\n",
        "env",
        "MAILRC=" + settings,
        Programs.installed("s-nail"),
        "-:u",
        dead,
        "-s",
        "s-nail sends",
        "bob@example.net");
  }

  private static Run mpop(Visit visit) throws Exception {
    visit.maildir().example("mpoprc", ".mpoprc");
    return visit.run("", "mpop");
  }

  private static Run script(Visit visit, String interpreter, String name, String... arguments)
      throws Exception {
    String mail =
        """
        From: %s
        To: bob@example.net
        Subject: %s sends

        hello
        """
            .formatted(visit.condition().user(), name.startsWith("curl") ? "curl" : "Python");
    List<String> all = new ArrayList<>(List.of(visit.example(name, name).toString()));
    all.addAll(List.of(arguments));
    return visit.run(mail, interpreter, all.toArray(String[]::new));
  }
}
