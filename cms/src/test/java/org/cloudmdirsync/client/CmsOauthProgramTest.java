package org.cloudmdirsync.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cloudmdirsync.client.Programs.Finished;
import org.cloudmdirsync.credential.CredentialReply.Kind;
import org.cloudmdirsync.credential.CredentialRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The program as its users run it: on the JVM, or the executable named by the system property
 * {@code cms.oauth.program}.
 */
@Timeout(120)
class CmsOauthProgramTest {
  private static final String TOKEN = "tok.en-" + "t".repeat(2000);
  private static final String MESSAGE = "user=ann@d.com\u0001auth=Bearer " + TOKEN + "\u0001\u0001";

  @TempDir private Path directory;
  @AutoClose private AnsweringDaemon daemon;

  @BeforeEach
  void startDaemon() throws IOException {
    daemon = new AnsweringDaemon(directory, TOKEN);
  }

  @Test
  void printsTheSaslStringAndANewline() throws Exception {
    assertThat(ask("--user=ann@d.com")).isEqualTo(new Finished(0, MESSAGE + "\n", ""));
  }

  @Test
  void printsTheBareToken() throws Exception {
    assertThat(ask("--user", "ann@d.com", "--out", "token", "--no-newline"))
        .isEqualTo(new Finished(0, TOKEN, ""));
  }

  @Test
  void printsBase64OnOneLine() throws Exception {
    Finished finished = ask("--user=ann@d.com", "--output=xoauth2-b64");
    assertThat(finished.out()).startsWith("dXNlcj1hbm5AZC5jb20BYXV0aD1CZWFyZXIg").endsWith("\n");
    assertThat(finished.out().lines()).hasSize(1);
  }

  @Test
  void printsTheStringOfRfc7628() throws Exception {
    assertThat(ask("--user=ann@d.com", "--output=oauthbearer").out())
        .isEqualTo("n,a=ann@d.com,\u0001auth=Bearer " + TOKEN + "\u0001\u0001\n");
  }

  @ParameterizedTest
  @CsvSource({
    "SIGN_IN_NEEDED, 77",
    "TEMPORARILY_UNAVAILABLE, 75",
    "MISCONFIGURED, 78",
    "UNKNOWN_USER, 78",
    "PROTOCOL_NOT_SERVED, 78"
  })
  void saysWhyThereIsNoToken(Kind kind, int status) throws Exception {
    assertThat(ask("--user=" + kind + "@d.com"))
        .isEqualTo(
            new Finished(
                status,
                "",
                "cms-oauth: no token for %s@d.com: the reason; sign in at http://localhost/\n"
                    .formatted(kind)));
  }

  @Test
  void asksForTheProtocolNamed() throws Exception {
    assertThat(ask("--user=ann@d.com", "--proto=IMAP").status()).isZero();
    assertThat(daemon.requests).extracting(CredentialRequest::protocol).containsExactly("IMAP");
  }

  @Test
  void saysThatNoDaemonRuns() throws Exception {
    Finished finished = run(Map.of(), "--user=ann@d.com", "--cms_sock=" + directory.resolve("no"));
    assertThat(finished.status()).isEqualTo(69);
    assertThat(finished.out()).isEmpty();
    assertThat(finished.err())
        .startsWith("cms-oauth: no daemon answers on " + directory.resolve("no"))
        .contains("No such file or directory");
    assertThat(finished.err().lines()).hasSize(1);
  }

  @Test
  void findsTheSocketInTheEnvironment() throws Exception {
    assertThat(run(Map.of("CMS_SOCK", daemon.socket.toString()), "--user=ann@d.com").status())
        .isZero();
    Map<String, String> runtime = Map.of("XDG_RUNTIME_DIR", directory.toString());
    assertThat(run(runtime, "--user=ann@d.com").status()).isZero();
  }

  @Test
  void namesTheThreePlacesOfASocket() throws Exception {
    Finished finished = run(Map.of("CMS_SOCK", ""), "--user=ann@d.com");
    assertThat(finished.status()).isEqualTo(2);
    assertThat(finished.out()).isEmpty();
    assertThat(finished.err())
        .startsWith("usage: cms-oauth ")
        .contains("--cms_sock", "$CMS_SOCK", "$XDG_RUNTIME_DIR/cms.sock");
  }

  @Test
  void aMistakeIsAUsageError() throws Exception {
    Finished finished = ask("--user=ann@d.com", "--proto=XMPP");
    assertThat(finished.status()).isEqualTo(2);
    assertThat(finished.out()).isEmpty();
    assertThat(finished.err())
        .contains("cms-oauth: error: argument --proto: invalid choice: 'XMPP'");
  }

  @Test
  void helpAndVersionSucceed() throws Exception {
    assertThat(run(Map.of(), "--help").out()).startsWith("usage: cms-oauth ");
    Finished version = run(Map.of(), "--version");
    assertThat(version.status()).isZero();
    assertThat(version.out()).matches(Programs.versionOf("cms-oauth"));
  }

  @Test
  void aFullDiskIsAnError() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");
    assertThat(shell("exec \"$@\" >/dev/full"))
        .isEqualTo(
            new Finished(
                74, "", "cms-oauth: cannot write to standard output: No space left on device\n"));
  }

  @Test
  void aReaderThatHasGoneIsAnError() throws Exception {
    Finished finished = shell("{ \"$@\"; echo $? >&2; } | exec true");
    assertThat(finished.err()).doesNotContain(TOKEN);
    assertThat(finished.err().lines().toList().getLast()).isIn("0", "74");
  }

  @ParameterizedTest
  @EnumSource
  void understandsEveryReplyOfAnOriginalDaemon(Original original) throws Exception {
    assumeTrue(Programs.isInstalled("python3"), "python3 is not installed");
    Path theirs = directory.resolve("original.sock");
    try (OriginalDaemon running = OriginalDaemon.start(theirs, original.reply)) {
      Finished finished =
          run(Map.of(), "--user=ann@d.com", "--cms_sock=" + theirs, "--output=token");
      assertThat(finished.status()).isEqualTo(original.status);
      assertThat(finished.out()).isEqualTo(original.out);
      assertThat(finished.err()).doesNotContain("tok.en");
      assertThat(running.isAlive()).isTrue();
    }
  }

  /** What an original daemon, or something like it, sends, and what comes of it. */
  enum Original {
    TOKEN("user=ann@d.com\u0001auth=Bearer tok.en\u0001\u0001", 0, "tok.en\n"),
    PIECES("user=ann@d.com\u0001|auth=bearer tok|.en\u0001\u0001", 0, "tok.en\n"),
    NOTHING("", 75, ""),
    CUT_SHORT("user=ann@d.com\u0001auth=Bearer tok.en\u0001", 75, ""),
    GARBAGE("220 mail.example.com tok.en\r\n", 75, "");

    private final String reply;
    private final int status;
    private final String out;

    Original(String reply, int status, String out) {
      this.reply = reply;
      this.status = status;
      this.out = out;
    }
  }

  @Test
  void theOriginalsClientReadsOurReplyAtOnce() throws Exception {
    assumeTrue(Programs.isInstalled("python3"), "python3 is not installed");
    List<String> client =
        List.of(
            "python3",
            Programs.resource("original_client.py").toString(),
            daemon.socket.toString());
    assertThat(Programs.run(client, "SMTP ann@d.com")).isEqualTo(new Finished(0, MESSAGE, ""));
    assertThat(Programs.run(client, "SMTP UNKNOWN_USER@d.com")).isEqualTo(new Finished(0, "", ""));
  }

  private Finished ask(String... arguments) throws Exception {
    return run(Map.of("CMS_SOCK", daemon.socket.toString()), arguments);
  }

  /** Runs the program, its arguments complete, inside a shell's command line. */
  private Finished shell(String script) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    command.addAll(Programs.client());
    command.addAll(List.of("--user=ann@d.com", "--cms_sock=" + daemon.socket));
    return Programs.run(command, "");
  }

  private static Finished run(Map<String, String> environment, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(Programs.client());
    command.addAll(List.of(arguments));
    return Programs.run(command, environment, "");
  }
}
