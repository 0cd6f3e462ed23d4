package org.cloudmdirsync.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.cloudmdirsync.dialogue.ScriptedServer;
import org.cloudmdirsync.dialogue.Server;
import org.cloudmdirsync.sasl.OauthBearer;
import org.cloudmdirsync.sasl.Xoauth2;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.tls.TestCertificates;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Plays the conversations in {@code trials/NN-name.dialog}. Beside the lines of {@link
 * ScriptedServer} a file has
 *
 * <pre>
 * TRIAL smtp|smtps|imap|imaps   what is tried, on which kind of port
 * HOST name                     as what the server is addressed; 127.0.0.1 if not given
 * EXIT n                        the exit status
 * LAST line                     the last line of the dialogue, in full, without imaplib's time
 * ERR text                      somewhere on standard error
 * </pre>
 */
class MailTrialTest {
  private static final String TOKEN = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.c29tZXRoaW5n.c2lnbmVk";
  private static final String USER = "ann@example.com";
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-23T22:40:51.370Z"));

  @TestFactory
  Stream<DynamicTest> trials() throws IOException, URISyntaxException {
    Path directory = Path.of(MailTrialTest.class.getResource("trials").toURI());
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.sorted().toList();
    }
    return files.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> play(file)));
  }

  private static void play(Path file) throws Exception {
    List<String> script = Files.readAllLines(file);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String host = values(script, "HOST ").findFirst().orElse("127.0.0.1");
    try (ScriptedServer server = ScriptedServer.play(script, MailTrialTest::fill)) {
      int exit =
          MailTrial.run(
              target(values(script, "TRIAL ").findFirst().orElseThrow(), host, server.port()),
              USER,
              Secret.of(TOKEN),
              TestCertificates.get().environment(),
              new PrintStream(err, true, UTF_8),
              CLOCK);
      String said = err.toString(UTF_8);
      server.verify();
      assertThat(exit).as(said).hasToString(values(script, "EXIT ").findFirst().orElseThrow());
      assertThat(said).doesNotContain(TOKEN, base64(xoauth2()), "\tat ");
      assertThat(said)
          .contains(Stream.concat(Stream.of(""), values(script, "ERR ")).toArray(String[]::new));
      values(script, "LAST ").forEach(last -> assertThat(lastLine(said)).isEqualTo(last));
    }
  }

  private static String lastLine(String said) {
    return said.lines().reduce((_, last) -> last).orElseThrow();
  }

  private static Stream<String> values(List<String> script, String key) {
    return script.stream().filter(l -> l.startsWith(key)).map(l -> l.substring(key.length()));
  }

  private static MailTrial.Target target(String kind, String host, int port) {
    Server.Encryption encryption =
        kind.endsWith("s") ? Server.Encryption.IMPLICIT : Server.Encryption.STARTTLS;
    Server server = new Server(host, port, encryption);
    return kind.startsWith("smtp")
        ? new MailTrial.Target.Smtp(server)
        : new MailTrial.Target.Imap(server);
  }

  private static String fill(String line, int port) {
    return line.replace("<xoauth2>", base64(xoauth2()))
        .replace(
            "<oauthbearer>",
            base64(OauthBearer.message(USER, "127.0.0.1", port, Secret.of(TOKEN)).expose()))
        .replace("<token>", TOKEN);
  }

  private static String xoauth2() {
    return Xoauth2.message(USER, Secret.of(TOKEN)).expose();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void placesAreHostAndPerhapsPort() {
    assertThat(MailTrial.Target.smtp("smtp.office365.com"))
        .contains(smtp("smtp.office365.com", 587, Server.Encryption.STARTTLS));
    assertThat(MailTrial.Target.smtp("smtp.gmail.com:465"))
        .contains(smtp("smtp.gmail.com", 465, Server.Encryption.IMPLICIT));
    assertThat(MailTrial.Target.smtp("localhost:2525"))
        .contains(smtp("localhost", 2525, Server.Encryption.STARTTLS));
    assertThat(MailTrial.Target.smtp("[::1]:587"))
        .contains(smtp("::1", 587, Server.Encryption.STARTTLS));
    assertThat(MailTrial.Target.smtp("fe80::1")).isPresent();
    assertThat(MailTrial.Target.imap("imap.example.com"))
        .contains(imap("imap.example.com", 993, Server.Encryption.IMPLICIT));
    assertThat(MailTrial.Target.imap("imap.example.com:143"))
        .contains(imap("imap.example.com", 143, Server.Encryption.STARTTLS));
    for (String wrong :
        List.of(
            "",
            ":587",
            "host:",
            "host:0",
            "host:65536",
            "host:smtp",
            "a b",
            "[::1",
            "[]:1",
            "[host]:25",
            "host\r\nQUIT",
            "host:587:1x",
            "[::1]587")) {
      assertThat(MailTrial.Target.smtp(wrong)).as(wrong).isEmpty();
    }
  }

  private static MailTrial.Target smtp(String host, int port, Server.Encryption encryption) {
    return new MailTrial.Target.Smtp(new Server(host, port, encryption));
  }

  private static MailTrial.Target imap(String host, int port, Server.Encryption encryption) {
    return new MailTrial.Target.Imap(new Server(host, port, encryption));
  }
}
