package org.cloudmdirsync.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cloudmdirsync.dialogue.Outcome;
import org.cloudmdirsync.dialogue.ScriptedServer;
import org.cloudmdirsync.dialogue.Server;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.tls.TestCertificates;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Plays the conversations in {@code deliveries/NN-name.dialog}, in which {@code LOGIN} stands for a
 * connection up to the 235, {@code FROM}, {@code TO} and {@code BODY} are what is sent, and {@code
 * OUTCOME} is how the outcome prints.
 */
class DeliveryTest {
  private static final String TOKEN = "ya29.a0AfH6SMBx";
  private static final List<String> LOGIN =
      List.of(
          "C: AUTH XOAUTH2",
          "S: 334 ",
          "C: dXNlcj1hbm5AZXhhbXBsZS5jb20BYXV0aD1CZWFyZXIgeWEyOS5hMEFmSDZTTUJ4AQE=",
          "S: 235 2.7.0 Accepted");

  @TestFactory
  Stream<DynamicTest> deliveries() throws Exception {
    Path directory = Path.of(DeliveryTest.class.getResource("deliveries").toURI());
    try (Stream<Path> all = Files.list(directory)) {
      return all.sorted().toList().stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> play(file)));
    }
  }

  private static void play(Path file) throws Exception {
    List<String> script = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      script.addAll(line.equals("LOGIN") ? LOGIN : List.of(line));
    }
    List<String> transcript = new ArrayList<>();
    Envelope envelope = new Envelope(values(script, "FROM ").getFirst(), values(script, "TO "));
    String body = values(script, "BODY ").getFirst().replace("\\n", "\n");
    try (ScriptedServer played = ScriptedServer.play(script, (line, _) -> line)) {
      Server server = new Server("127.0.0.1", played.port(), Server.Encryption.IMPLICIT);
      Outcome outcome =
          new SmtpClient(TestCertificates.get().trust(), Duration.ofSeconds(20), transcript::add)
              .send(server, "ann@example.com", Secret.of(TOKEN), envelope, body.getBytes(UTF_8));
      played.verify();
      assertThat(outcome.toString()).startsWith(values(script, "OUTCOME ").getFirst());
      assertThat(transcript).noneMatch(line -> line.contains(TOKEN));
    }
  }

  private static List<String> values(List<String> script, String key) {
    return script.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()))
        .toList();
  }

  @Test
  void addressesCannotCarryCommands() {
    for (String bad : List.of("a@b>\r\nRCPT TO:<c@d", "a b@c", "<a@b>", "a@b\u0000")) {
      assertThatThrownBy(() -> new Envelope(bad, List.of("bob@example.com")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new Envelope("ann@example.com", List.of(bad)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Envelope("ann@example.com", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
