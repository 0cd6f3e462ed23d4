package org.cloudmdirsync.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpReplyTest {
  private static final List<String> SEEDS =
      List.of(
          "250-mail.example.com Hello\r\n250-SIZE 1\r\n250 OK\r\n",
          "535 5.7.3 Authentication unsuccessful\r\n",
          "334 \r\n",
          "334\n",
          "535-5.7.8 Username\r\n535 5.7.8  https://example.com\r\n");

  @Test
  void linesMakeAReply() throws ProtocolException {
    SmtpReply reply =
        parse("535-5.7.8 Not accepted. Go to", "535 5.7.8  https://example.com").get();
    assertThat(reply.code()).isEqualTo(535);
    assertThat(reply.enhanced()).contains("5.7.8");
    assertThat(reply.said()).isEqualTo("535 5.7.8 Not accepted. Go to https://example.com");
    assertThat(reply.isPermanent()).isTrue();
    assertThat(reply.isTransient()).isFalse();
  }

  @Test
  void aReplyIsNotWholeBeforeItsLastLine() throws ProtocolException {
    assertThat(parse("250-one", "250-two")).isEmpty();
  }

  @Test
  void codesMayStandAlone() throws ProtocolException {
    assertThat(parse("334").get().lines()).containsExactly("");
    assertThat(parse("334 \r\n").get().lines()).containsExactly("");
    assertThat(parse("250-", "250").get().lines()).containsExactly("", "");
  }

  @Test
  void enhancedCodesAreOnlyThoseOfTheRfc() throws ProtocolException {
    assertThat(parse("250 2.1.0 ok").get().enhanced()).contains("2.1.0");
    assertThat(parse("535 5.7.139").get().enhanced()).contains("5.7.139");
    assertThat(parse("250 192.0.2.7 hello").get().enhanced()).isEmpty();
    assertThat(parse("250 2.1.0.4 hello").get().enhanced()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "25", "2500 x", "150 x", "650 x", "25x y", "250_x", "HTTP/1.1 200", "٢٥٠ x"})
  void otherThingsAreNoReply(String line) {
    assertThatThrownBy(() -> parse(line)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void codesMustNotChangeWithinAReply() {
    assertThatThrownBy(() -> parse("250-a", "251 b")).hasMessageContaining("mixed codes");
  }

  @Test
  void aReplyWithoutEndIsGivenUp() {
    String[] lines = new String[SmtpReply.MAX_LINES + 1];
    java.util.Arrays.fill(lines, "250-more");
    assertThatThrownBy(() -> parse(lines)).hasMessageContaining("more than 256 lines");
  }

  @Test
  void controlCharactersDoNotReachATerminal() throws ProtocolException {
    assertThat(parse("550 \u001b[2Jgone").get().said()).isEqualTo("550 ?[2Jgone");
    assertThatThrownBy(() -> parse("\u001b[2J")).hasMessageNotContaining("\u001b");
  }

  /** Mutated replies parse or are refused; nothing else happens, and what parses is in order. */
  @Test
  void anyBytesAreEitherAReplyOrRefused() {
    Random random = new Random(20261123);
    int replies = 0;
    for (int round = 0; round < 20_000; round++) {
      String text = mutate(SEEDS.get(random.nextInt(SEEDS.size())), random);
      try {
        Optional<SmtpReply> reply = parse(text.split("(?<=\n)", -1));
        reply.ifPresent(SmtpReplyTest::assertInOrder);
        replies += reply.isPresent() ? 1 : 0;
      } catch (ProtocolException e) {
        assertThat(e).hasMessageMatching("\\P{Cntrl}{5,200}");
      }
    }
    assertThat(replies).isBetween(1_000, 19_000);
  }

  private static void assertInOrder(SmtpReply reply) {
    assertThat(reply.code()).isBetween(200, 599);
    assertThat(reply.lines()).isNotEmpty();
    assertThat(reply.said()).doesNotContainPattern("\\p{Cntrl}").startsWith("" + reply.code());
    reply.enhanced().ifPresent(code -> assertThat(code).matches("[245]\\.\\d+\\.\\d+"));
  }

  private static String mutate(String seed, Random random) {
    StringBuilder text = new StringBuilder(seed);
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.setCharAt(at, (char) random.nextInt(256));
        case 1 -> text.insert(at, (char) random.nextInt(256));
        default -> text.delete(at, Math.min(text.length() - 1, at + random.nextInt(6)));
      }
    }
    return text.toString();
  }

  private static Optional<SmtpReply> parse(String... lines) throws ProtocolException {
    SmtpReply.Parser parser = new SmtpReply.Parser();
    for (String line : lines) {
      Optional<SmtpReply> reply = parser.add(line);
      if (reply.isPresent()) {
        return reply;
      }
    }
    return Optional.empty();
  }
}
