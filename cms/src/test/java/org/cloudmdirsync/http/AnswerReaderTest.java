package org.cloudmdirsync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In the cases a tilde stands for CRLF, which no annotation can hold legibly. */
class AnswerReaderTest {
  private static final int LIMIT = 64;
  private static final int ROUNDS = 20_000;

  private static final List<String> GOOD =
      List.of(
          "HTTP/1.1 200 OK~Content-Type: a/b~Content-Length: 5~~hello",
          "HTTP/1.1 100 Continue~~HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~0~~",
          "HTTP/1.0 200 OK~Date: Mon, 04 May 2026 10:11:12 GMT~~hello");

  private static final List<String> SPITE =
      List.of(
          "~", "\n", "\r", "\0", " ", ":", ";", ",", "~~", "-1", "7fffffff", "ffffffffffffffff");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP/1.1 200 OK~Content-Length: 5~~hello, and more       | hello
          HTTP/1.1 200 OK~CONTENT-length:5~~hello                  | hello
          HTTP/1.1 200 OK~Content-Length: 5, 5~~hello              | hello
          HTTP/1.1 200 OK~Content-Length: 5~Content-Length: 5~~hello | hello
          HTTP/1.1 200~~hello                                      | hello
          HTTP/1.1 200 ~~hello                                     | hello
          HTTP/1.0 200 OK~~hello                                   | hello
          HTTP/1.1 200 OK~X: a~ folded~Content-Length: 5~~hello    | hello
          HTTP/1.1 103 Hints~Content-Length: 9~~HTTP/1.1 200 OK~~hello | hello
          HTTP/1.1 204 None~Content-Length: 5~~hello               | ''
          HTTP/1.1 304 Same~Content-Length: 5~~hello               | ''
          HTTP/1.1 200 OK~Transfer-Encoding: Chunked~~2~he~3;x=y~llo~0~T: u~~ | hello
          HTTP/1.1 200 OK~Transfer-Encoding: chunked~~00005 ~hello~000~~ | hello
          HTTP/1.1 200 OK~Transfer-Encoding: chunked~Content-Length: 1~~5~hello~0~~ | hello
          """)
  void findsWhereABodyEnds(String answer, String body) throws IOException {
    assertThat(read(answer)).isEqualTo(body);
    assertThat(read(answer.replace("~", "\n"))).as("with bare LFs").isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                       | closed the connection without
          HTTP/1.1 200 OK~Content-Length: 6~~hello                 | broke off
          HTTP/1.1 200 OK~Content-Length: 5~                       | broke off
          HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hell       | broke off
          HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~     | broke off
          HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~0~   | broke off
          HTTP/1.1 100 Continue~~                                  | broke off
          HTTP/1.1 200 OK~Content-Length: 65~~hello                | sent more than 64 bytes
          HTTP/1.1 200 OK~Content-Length: 999999999999999999~~     | sent more than 64 bytes
          HTTP/1.1 200 OK~Transfer-Encoding: chunked~~fffffff~     | sent more than 64 bytes
          HTTP/1.1 200 OK~Transfer-Encoding: chunked~~10000000~    | not HTTP
          HTTP/1.1 200 OK~Transfer-Encoding: chunked~~-5~hello~0~~ | not HTTP
          HTTP/1.1 200 OK~Transfer-Encoding: chunked~~~            | not HTTP
          HTTP/1.1 200 OK~Transfer-Encoding: chunked~~4~hello~0~~  | not HTTP
          HTTP/1.1 200 OK~Transfer-Encoding: gzip~~hello           | not HTTP
          HTTP/1.1 200 OK~Transfer-Encoding: gzip, chunked~~       | not HTTP
          HTTP/1.1 200 OK~Content-Length: 5~Content-Length: 6~~hello | not HTTP
          HTTP/1.1 200 OK~Content-Length: +5~~hello                | not HTTP
          HTTP/1.1 200 OK~Content-Length: ~~hello                  | not HTTP
          HTTP/1.1 200 OK~Content-Length: ٥~~hello                 | not HTTP
          HTTP/1.1 200 OK~Content-Length : 5~~hello                | not HTTP
          HTTP/1.1 200 OK~: 5~~hello                               | not HTTP
          HTTP/1.1 200 OK~hello~~                                  | not HTTP
          HTTP/1.1 200 OK~ folded: 5~~hello                        | not HTTP
          HTTP/1.1 2000 OK~~hello                                  | not HTTP
          HTTP/1.1 099 OK~~hello                                   | not HTTP
          HTTP/1.1 101 Switch~~hello                               | not HTTP
          HTTP/2 200~~hello                                        | not HTTP
          SSH-2.0-OpenSSH_9.2~~                                    | not HTTP
          """)
  void refusesHalfAnAnswer(String answer, String reason) {
    assertThatThrownBy(() -> read(answer))
        .isInstanceOf(BadAnswer.class)
        .hasMessageContaining(reason);
  }

  @Test
  void bodiesMayBeAsLargeAsTheLimitAndNoLarger() throws IOException {
    String head = "HTTP/1.1 200 OK~~";
    assertThat(read(head + "x".repeat(LIMIT))).hasSize(LIMIT);
    assertThatThrownBy(() -> read(head + "x".repeat(LIMIT + 1)))
        .hasMessage("sent more than 64 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 %s",
        "HTTP/1.1 200 OK~A: %s",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~1;%s",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~0~%s",
      })
  void whatIsNotBodyHasALimitToo(String start) {
    assertThatThrownBy(() -> read(start.formatted("x".repeat(AnswerReader.MOST_OVERHEAD))))
        .hasMessage("sent more than 65536 bytes");
    assertThatThrownBy(() -> read("HTTP/1.1 102 Wait~~".repeat(AnswerReader.MOST_OVERHEAD)))
        .hasMessage("sent more than 65536 bytes");
  }

  @Test
  void readsNothingBeyondAHead() throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes("HTTP/1.1 200 OK~~hello"));
    assertThat(new AnswerReader(in).head().status()).isEqualTo(200);
    assertThat(in.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anAnswerMayBeAnything(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      check(bytes(damaged(GOOD.get(random.nextInt(GOOD.size())), random)));
    }
  }

  /** What is true of whatever a server sends: a status and a body within the limit, or a reason. */
  static void check(byte[] bytes) {
    try {
      AnswerReader reader = new AnswerReader(new ByteArrayInputStream(bytes));
      Head head = reader.head();
      assertThat(head.status()).isBetween(200, 999);
      assertThat(head.fields().toString()).doesNotContain("\r", "\n", "\0");
      assertThat(reader.body(head, LIMIT)).hasSizeLessThanOrEqualTo(LIMIT);
    } catch (BadAnswer e) {
      assertThat(e).hasMessageMatching("(sent|broke|closed) [a-zA-Z0-9 ]+");
    } catch (IOException e) {
      throw new AssertionError("nothing else can happen to bytes in memory", e);
    }
  }

  private static String damaged(String text, Random random) {
    StringBuilder damaged = new StringBuilder(text);
    for (int times = 1 + random.nextInt(3); times > 0 && !damaged.isEmpty(); times--) {
      int at = random.nextInt(damaged.length());
      int end = Math.min(damaged.length(), at + random.nextInt(12));
      switch (random.nextInt(5)) {
        case 0 -> damaged.setCharAt(at, (char) random.nextInt(256));
        case 1 -> damaged.delete(at, end);
        case 2 -> damaged.insert(at, damaged.substring(at, end));
        case 3 -> damaged.insert(at, SPITE.get(random.nextInt(SPITE.size())));
        default -> damaged.setLength(at);
      }
    }
    return damaged.toString();
  }

  private static String read(String answer) throws IOException {
    AnswerReader reader = new AnswerReader(new ByteArrayInputStream(bytes(answer)));
    return new String(reader.body(reader.head(), LIMIT), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String answer) {
    return answer.replace("~", "\r\n").getBytes(StandardCharsets.UTF_8);
  }
}
