package org.cloudmdirsync.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cloudmdirsync.dialogue.ScriptedServer;
import org.cloudmdirsync.dialogue.Server;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.tls.TestCertificates;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our transcript beside the one Python's own smtplib and imaplib print of the same server. */
class PythonTranscriptTest {
  private static final String MESSAGE =
      "dXNlcj1hbm5AZXhhbXBsZS5jb20BYXV0aD1CZWFyZXIgdG9rLmVuLTEBAQ==";

  private static final List<String> SMTP =
      List.of(
          "S: 220 mail.example.com ready",
          "C: ehlo [127.0.0.1]",
          "S: 250-mail.example.com it's \"me\" \u00e4\\ \t.",
          "S: 250 STARTTLS",
          "C: STARTTLS",
          "S: 220 2.0.0 go",
          "TLS good",
          "C: ehlo [127.0.0.1]",
          "S: 250-mail.example.com it's me",
          "S: 250 AUTH XOAUTH2",
          "C: AUTH XOAUTH2",
          "S: 334 ",
          "C: " + MESSAGE,
          "S: 235 2.7.0 Authentication successful",
          "C: QUIT",
          "CLOSE");

  private static final List<String> IMAP =
      List.of(
          "TLS good",
          "S: * OK ready",
          "C: CMSA0 CAPABILITY",
          "S: * CAPABILITY IMAP4rev1 AUTH=XOAUTH2",
          "S: CMSA0 OK done",
          "C: CMSA1 AUTHENTICATE XOAUTH2",
          "S: + ",
          "C: " + MESSAGE,
          "S: CMSA1 OK AUTHENTICATE completed.",
          "C: CMSA2 SELECT INBOX",
          "S: * 1 EXISTS",
          "S: CMSA2 OK [READ-WRITE] it's \"done\"",
          "C: CMSA3 LOGOUT",
          "CLOSE");

  @BeforeEach
  void pythonIsHere() {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "python3"))));
  }

  @Test
  void smtpLooksLikeSmtplib() throws Exception {
    String program =
        """
        import smtplib, ssl, sys
        class Loud(smtplib.SMTP):
            debuglevel = 1
        conn = Loud("127.0.0.1", int(sys.argv[1]), local_hostname="[127.0.0.1]")
        conn.ehlo()
        conn.starttls(context=ssl.create_default_context(cafile=sys.argv[2]))
        conn.ehlo()
        text = "user=ann@example.com\\1auth=Bearer tok.en-1\\1\\1"
        conn.auth("XOAUTH2", lambda x=None: text, initial_response_ok=False)
        """;
    List<String> ours = ours(SMTP, Server.Encryption.STARTTLS, MailTrial.Target.Smtp::new);
    // smtplib says the greeting once more.
    assertThat(ours).isEqualTo(without("connect: b", python(program, SMTP)));
  }

  @Test
  void imapLooksLikeImaplib() throws Exception {
    String program =
        """
        import imaplib, ssl, sys
        imaplib.Int2AP = lambda num: b"CMSA"
        imaplib.Debug = 4
        conn = imaplib.IMAP4_SSL("127.0.0.1", int(sys.argv[1]),
                                 ssl_context=ssl.create_default_context(cafile=sys.argv[2]))
        text = b"user=ann@example.com\\1auth=Bearer tok.en-1\\1\\1"
        conn.authenticate("XOAUTH2", lambda challenge: text)
        conn.select("INBOX")
        conn.shutdown()
        """;
    List<String> ours = ours(IMAP, Server.Encryption.IMPLICIT, MailTrial.Target.Imap::new);
    List<String> python = python(program, IMAP.subList(0, IMAP.size() - 2));
    assertThat(ours)
        .isEqualTo(without("  TIME CAPABILITIES", without("  TIME imaplib version", python)));
  }

  private static List<String> ours(
      List<String> script, Server.Encryption encryption, Function<Server, MailTrial.Target> target)
      throws Exception {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (ScriptedServer played = ScriptedServer.play(script, (line, _) -> line)) {
      Server server = new Server("127.0.0.1", played.port(), encryption);
      int exit =
          MailTrial.run(
              target.apply(server),
              "ann@example.com",
              Secret.of("tok.en-1"),
              TestCertificates.get().environment(),
              new PrintStream(err, true, UTF_8));
      assertThat(exit).as(err.toString(UTF_8)).isZero();
      return comparable(err.toString(UTF_8), played.port());
    }
  }

  private static List<String> python(String program, List<String> script) throws Exception {
    try (ScriptedServer played = ScriptedServer.play(script, (line, _) -> line)) {
      Process python =
          new ProcessBuilder(
                  "python3",
                  "-c",
                  program,
                  String.valueOf(played.port()),
                  TestCertificates.get().authority().toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(python.getInputStream().readAllBytes(), UTF_8);
      assertThat(python.waitFor()).as(said).isZero();
      return comparable(said, played.port());
    }
  }

  /** Without the time, the port, and the token where it is shown or redacted. */
  private static List<String> comparable(String transcript, int port) {
    return transcript
        .replaceAll("(?m)^  \\d\\d:\\d\\d\\.\\d\\d ", "  TIME ")
        .replaceAll("send: '(<redacted.*>|" + MESSAGE + ")", "send: 'TOKEN")
        .replace(String.valueOf(port), "PORT")
        .lines()
        .toList();
  }

  private static List<String> without(String start, List<String> lines) {
    return lines.stream().filter(line -> !line.startsWith(start)).toList();
  }
}
