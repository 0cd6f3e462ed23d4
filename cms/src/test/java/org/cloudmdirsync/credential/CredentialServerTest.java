package org.cloudmdirsync.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.cloudmdirsync.credential.CredentialAnswer.Awaited;
import org.cloudmdirsync.credential.CredentialAnswer.Ready;
import org.cloudmdirsync.credential.CredentialReply.Credential;
import org.cloudmdirsync.credential.CredentialReply.Kind;
import org.cloudmdirsync.credential.CredentialReply.Refusal;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.unix.SocketInUse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CredentialServerTest {
  private static final String GOOD = "SMTP user@d.com";
  private static final String TOKEN = "user=user@d.com\u0001auth=Bearer tok.en\u0001\u0001";

  /** Nothing ends by itself: whatever a test waits for must come from what it tests. */
  private static final Limits ENDLESS =
      new Limits(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), 768);

  @TempDir private Path directory;
  private Optional<CredentialServer> server = Optional.empty();

  @AfterEach
  void stop() throws IOException {
    if (server.isPresent()) {
      server.get().close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {GOOD, GOOD + "\n", GOOD + "\r\n", GOOD + " extra words", "SMTP,a,b=c user@d.com"})
  void answersWithTheRawString(String request) throws IOException {
    Path path = serve(ENDLESS);
    assertThat(RawClient.ask(path, request)).isEqualTo(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "SMTP, user@d.com",
        "SMTP  user@d.com",
        "SMTP\tuser@d.com",
        " SMTP user@d.com",
        "SMTP user",
        "smtp user@d.com",
        "SMTP User@d.com",
        "IMAP user@d.com",
        "SMTP other@d.com",
        "SMTP \"user@d.com\"",
        "SMTP user@d.com\0",
        "\u00ff\u00fe",
        "\u007fELF\2\1\1\0\0\0"
      })
  void answersNothingToAnythingElse(String request) throws IOException {
    Path path = serve(ENDLESS);
    assertThat(RawClient.ask(path, request)).isEmpty();
  }

  @Test
  void saysWhyToThoseWhoAskForIt() throws IOException {
    Path path = serve(ENDLESS);
    assertThat(RawClient.ask(path, "SMTP,v=1 user@d.com")).isEqualTo(TOKEN);
    assertThat(RawClient.ask(path, "SMTP,v=1 other@d.com"))
        .isEqualTo("error=unknown-user\u0001reason=unknown\u0001\u0001");
  }

  @Test
  void answersAtANewlineToAClientThatKeepsItsWriteSideOpen() throws IOException {
    Path path = serve(ENDLESS);
    try (RawClient client = RawClient.connect(path)) {
      assertThat(client.send(GOOD + "\n").readAll()).isEqualTo(TOKEN);
    }
  }

  @Test
  void answersACompleteRequestThatNothingFollows() throws IOException {
    Path path =
        serve(new Limits(Duration.ofHours(1), Duration.ofMillis(200), Duration.ofHours(1), 768));
    try (RawClient client = RawClient.connect(path)) {
      assertThat(client.send(GOOD).readAll()).isEqualTo(TOKEN);
    }
  }

  @Test
  void takesARequestByteByByte() throws IOException {
    Path path = serve(ENDLESS);
    try (RawClient client = RawClient.connect(path)) {
      for (char c : (GOOD + "\n").toCharArray()) {
        client.send(String.valueOf(c));
      }
      assertThat(client.readAll()).isEqualTo(TOKEN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\n", "\r\n"})
  void takesAMegabyteOfJunkAfterARequest(String between) throws IOException {
    Path path = serve(ENDLESS);
    assertThat(RawClient.ask(path, GOOD + between + "junk\n".repeat(200_000))).isEqualTo(TOKEN);
  }

  @Test
  void answersNothingToAMegabyteOfGarbage() throws IOException {
    Path path = serve(ENDLESS);
    assertThat(RawClient.ask(path, "x".repeat(1 << 20))).isEmpty();
    assertThat(RawClient.ask(path, "SMTP " + "x".repeat(1 << 20) + "@d.com")).isEmpty();
  }

  @Test
  void doesNotReadGarbageForEver() throws IOException {
    Path path = serve(ENDLESS);
    try (RawClient client = RawClient.connect(path)) {
      assertThatThrownBy(() -> client.send("x".repeat(32 << 20)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Broken pipe");
    }
  }

  @Test
  void sendsALongTokenWhole() throws IOException {
    String token = "t".repeat(100_000);
    Path path =
        serve(
            ENDLESS,
            request -> new Credential("user@d.com", Secret.of(token), OptionalLong.empty()));
    assertThat(RawClient.ask(path, GOOD))
        .isEqualTo("user=user@d.com\u0001auth=Bearer " + token + "\u0001\u0001");
  }

  @Test
  void sendsTheReplyInOnePiece() throws IOException {
    Path path =
        serve(
            ENDLESS,
            request ->
                new Credential("user@d.com", Secret.of("t".repeat(16_000)), OptionalLong.empty()));
    for (int i = 0; i < 100; i++) {
      try (RawClient client = RawClient.connect(path)) {
        assertThat(client.send(GOOD).finish().readOnce()).hasSize(16_030).endsWith("\u0001\u0001");
      }
    }
  }

  @Test
  void aReplyThatIsAwaitedIsTheSame() throws IOException {
    Path path = serveAwaited(ENDLESS, CredentialServerTest::answer);
    assertThat(RawClient.ask(path, GOOD)).isEqualTo(TOKEN);
    assertThat(RawClient.ask(path, GOOD + "\n")).isEqualTo(TOKEN);
    assertThat(RawClient.ask(path, "SMTP other@d.com")).isEmpty();
    assertThat(RawClient.ask(path, "nonsense")).isEmpty();
  }

  @Test
  void aTokenThatWouldBreakTheReplyIsNotSent() throws IOException {
    Path path =
        serve(
            ENDLESS,
            request -> new Credential("user@d.com", Secret.of("to\nken"), OptionalLong.empty()));
    assertThat(RawClient.ask(path, GOOD)).isEmpty();
    assertThat(RawClient.ask(path, "SMTP,v=1 user@d.com")).contains("internal error");
  }

  @Test
  void aMistakeInTheAnswersEndsOneConnectionOnly() throws IOException {
    Path path =
        open(
            ENDLESS,
            request ->
                switch (request.protocol()) {
                  case "BAD" -> throw new IllegalStateException("a mistake");
                  case "LATE" -> new Awaited(CredentialServerTest::mistaken);
                  default -> new Ready(answer(request));
                });
    for (String protocol : List.of("BAD", "LATE")) {
      assertThat(RawClient.ask(path, protocol + " user@d.com")).isEmpty();
      assertThat(RawClient.ask(path, protocol + " user@d.com\n")).isEmpty();
      assertThat(RawClient.ask(path, protocol + ",v=1 user@d.com")).contains("internal error");
      assertThat(RawClient.ask(path, GOOD)).isEqualTo(TOKEN);
    }
  }

  private static CredentialReply mistaken() {
    throw new IllegalStateException("a mistake");
  }

  @Test
  void silentAndSlowClientsAreDropped() throws IOException {
    Path path =
        serve(new Limits(Duration.ofMillis(300), Duration.ofHours(1), Duration.ofHours(1), 768));
    try (RawClient silent = RawClient.connect(path);
        RawClient slow = RawClient.connect(path)) {
      slow.send("SMTP us");
      assertThat(silent.readAll()).isEmpty();
      assertThat(slow.readAll()).isEmpty();
    }
  }

  @Test
  void anAnswerThatTakesTooLongIsARefusal() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    Path path =
        serveAwaited(
            new Limits(Duration.ofMillis(300), Duration.ofHours(1), Duration.ofHours(1), 768),
            request -> {
              await(never);
              return answer(request);
            });
    assertThat(RawClient.ask(path, GOOD)).isEmpty();
    assertThat(RawClient.ask(path, "SMTP,v=1 user@d.com"))
        .startsWith("error=temporarily-unavailable\u0001reason=");
    never.countDown();
  }

  @Test
  void aClientThatNeverReadsIsDropped() throws Exception {
    String token = "t".repeat(8 << 20);
    Path path =
        serve(
            new Limits(Duration.ofMillis(300), Duration.ofHours(1), Duration.ofHours(1), 1),
            request ->
                request.user().equals("deaf@d.com")
                    ? new Credential("deaf@d.com", Secret.of(token), OptionalLong.empty())
                    : answer(request));
    try (RawClient deaf = RawClient.connect(path)) {
      deaf.send("SMTP deaf@d.com\n");
      // There is room for one that does not end its request: it gets in when the other is gone.
      try (RawClient client = RawClient.connect(path)) {
        assertThat(client.send(GOOD + "\n").readAll()).isEqualTo(TOKEN);
      }
    }
  }

  @Test
  void clientsThatGoAwayAreForgotten() throws IOException {
    CountDownLatch gone = new CountDownLatch(1);
    Path path =
        serveAwaited(
            ENDLESS,
            request -> {
              if (request.protocol().equals("GONE")) {
                await(gone);
              }
              return answer(request);
            });
    for (int i = 0; i < 50; i++) {
      RawClient.connect(path).close();
      RawClient.connect(path).send("SMTP us").close();
      RawClient.connect(path).send("GONE user@d.com\n").close();
    }
    gone.countDown();
    assertThat(RawClient.ask(path, GOOD)).isEqualTo(TOKEN);
  }

  @Test
  void aSlowAnswerHoldsUpNobodyElse() throws Exception {
    CountDownLatch slowDone = new CountDownLatch(1);
    Path path =
        serveAwaited(
            ENDLESS,
            request -> {
              if (request.protocol().equals("SLOW")) {
                await(slowDone);
              }
              return answer(request);
            });
    try (RawClient slow = RawClient.connect(path)) {
      slow.send("SLOW user@d.com").finish();
      assertThat(RawClient.ask(path, GOOD)).isEqualTo(TOKEN);
      slowDone.countDown();
      assertThat(slow.readAll()).isEqualTo(TOKEN);
    }
  }

  @Test
  void manySilentClientsKeepNobodyOut() throws IOException {
    Path path =
        serve(new Limits(Duration.ofHours(1), Duration.ofHours(1), Duration.ofMillis(50), 100));
    List<RawClient> silent = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      silent.add(RawClient.connect(path));
    }
    assertThat(RawClient.ask(path, GOOD)).isEqualTo(TOKEN);
    // The first came first and went first; the last may stay.
    assertThat(silent.getFirst().readAll()).isEmpty();
    for (RawClient client : silent) {
      client.close();
    }
  }

  @Test
  void everyoneOfManyClientsIsAnswered() throws Exception {
    Path path = serve(ENDLESS);
    List<Callable<String>> clients = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      clients.add(() -> RawClient.ask(path, GOOD));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
      for (Future<String> reply : threads.invokeAll(clients)) {
        assertThat(reply.get()).isEqualTo(TOKEN);
      }
    }
  }

  @Test
  void aSecondDaemonDoesNotStealThePath() throws IOException {
    Path path = serve(ENDLESS);
    assertThatThrownBy(() -> CredentialServer.open(path, 0600, (_, r) -> new Ready(answer(r))))
        .isInstanceOf(SocketInUse.class);
    assertThat(RawClient.ask(path, GOOD)).isEqualTo(TOKEN);
  }

  @Test
  void closingRemovesThePathAndHangsUp() throws IOException {
    Path path = serve(ENDLESS);
    try (RawClient waiting = RawClient.connect(path)) {
      assertThat(RawClient.ask(path, GOOD)).isEqualTo(TOKEN);
      server.orElseThrow().close();
      assertThat(path).doesNotExist();
      assertThat(waiting.readAll()).isEmpty();
    }
  }

  private Path serve(Limits limits) throws IOException {
    return serve(limits, CredentialServerTest::answer);
  }

  private Path serve(Limits limits, Function<CredentialRequest, CredentialReply> replies)
      throws IOException {
    return open(limits, request -> new Ready(replies.apply(request)));
  }

  private Path serveAwaited(Limits limits, Function<CredentialRequest, CredentialReply> replies)
      throws IOException {
    return open(limits, request -> new Awaited(() -> replies.apply(request)));
  }

  private Path open(Limits limits, Function<CredentialRequest, CredentialAnswer> answers)
      throws IOException {
    Path path = directory.resolve("cms.sock");
    server =
        Optional.of(
            CredentialServer.open(path, 0600, limits, (_, request) -> answers.apply(request)));
    return path;
  }

  private static CredentialReply answer(CredentialRequest request) {
    if (!request.user().equals("user@d.com")) {
      return new Refusal(Kind.UNKNOWN_USER, "unknown", Optional.empty());
    }
    return switch (request.protocol()) {
      case "SMTP", "SLOW" ->
          new Credential("user@d.com", Secret.of("tok.en"), OptionalLong.empty());
      default -> new Refusal(Kind.PROTOCOL_NOT_SERVED, "not served", Optional.empty());
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
