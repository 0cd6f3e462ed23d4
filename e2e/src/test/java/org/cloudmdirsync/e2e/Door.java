package org.cloudmdirsync.e2e;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail program that takes our tokens; {@code docs/doors.md} is made of these.
 *
 * @param asked the command that prints its version
 * @param mechanisms what the test has seen it use
 * @param how by what it gets the token
 * @param test the class that meets it
 */
record Door(String program, List<String> asked, String mechanisms, String how, String test) {
  static final List<Door> ALL =
      List.of(
          of("exim4", "/usr/sbin/exim4 -bV", "XOAUTH2", "`readsocket`, from the socket", "EximIT"),
          of("msmtp", "msmtp --version", "XOAUTH2", "`passwordeval`", "MsmtpIT"),
          of(
              "Postfix",
              "env LD_LIBRARY_PATH=%1$s/lib/postfix %1$s/sbin/postconf -d mail_version"
                  .formatted(Postfix.PROGRAMS),
              "by msmtp",
              "`pipe` to `cms-msmtp`",
              "PostfixIT"),
          of("git send-email", "git --version", "by msmtp", "`smtpserver`", "GitSendEmailIT"),
          of("git credential", "git --version", "the caller's", "`helper`", "GitCredentialIT"),
          of("Emacs smtpmail", "emacs --version", "XOAUTH2", "Emacs Lisp", "EmacsIT"),
          of("Emacs Gnus", "emacs --version", "XOAUTH2", "Emacs Lisp", "EmacsIT"),
          of("mutt", "mutt -v", "XOAUTH2, OAUTHBEARER", "`*_oauth_refresh_command`", "MuttIT"),
          of("neomutt", "neomutt -v", "XOAUTH2", "`*_oauth_refresh_command`", "MuttIT"),
          of("mbsync", "mbsync -v", "XOAUTH2", "`PassCmd`", "MbsyncIT"),
          of(
              "offlineimap",
              "offlineimap -V",
              "XOAUTH2",
              "`oauth2_access_token_eval` and a function in Python",
              "MbsyncIT"),
          of("getmail", "getmail --version", "XOAUTH2", "`password_command`", "MbsyncIT"),
          of(
              "aerc",
              "aerc -v",
              "XOAUTH2, OAUTHBEARER",
              "`source-cred-cmd`, `outgoing-cred-cmd`",
              "AercIT"),
          of("s-nail", "s-nail --version", "XOAUTH2", "`vput ! password`", "OtherDoorsIT"),
          of("mpop", "mpop --version", "XOAUTH2, OAUTHBEARER", "`passwordeval`", "OtherDoorsIT"),
          of(
              "curl",
              "curl --version",
              "XOAUTH2, OAUTHBEARER",
              "`oauth2-bearer` on its input",
              "OtherDoorsIT"),
          of(
              "Python smtplib, imaplib",
              "/usr/bin/python3 --version",
              "XOAUTH2",
              "the SASL string as `cms-oauth` prints it",
              "OtherDoorsIT"));

  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+|\\d{8}");

  private static Door of(String program, String asked, String mechanisms, String how, String test) {
    return new Door(program, List.of(asked.split(" ")), mechanisms, how, test);
  }

  /** The whole page. */
  static String page() throws InterruptedException {
    StringBuilder page =
        new StringBuilder(
            """
            # Programs that take our tokens

            Each is met by a test, in the version that stood there when this page was last written. `./check doors` writes it, from the list in `e2e/`.

            | program | version | mechanism | how it gets the token | test |
            |---|---|---|---|---|
            """);
    for (Door door : ALL) {
      page.append(
          "| %s | %s | %s | %s | `%s` |%n"
              .formatted(door.program, door.version(), door.mechanisms, door.how, door.test));
    }
    return page.toString();
  }

  private String version() throws InterruptedException {
    try {
      Run run = Run.of(Map.of(), "", asked);
      Matcher version = VERSION.matcher(run.out() + run.err());
      return version.find() ? version.group() : "?";
    } catch (IOException notInstalled) {
      return "–";
    }
  }
}
