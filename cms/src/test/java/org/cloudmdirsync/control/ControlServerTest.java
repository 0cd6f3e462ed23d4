package org.cloudmdirsync.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cloudmdirsync.unix.SocketInUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ControlServerTest {
  private static final Duration ENOUGH = Duration.ofSeconds(10);

  @TempDir private Path directory;

  private static void echo(Message request, Caller caller) throws IOException {
    caller.send(Message.of("asked", request));
    caller.send(Message.of("done", 1L));
  }

  @Test
  void answersLineByLine() throws Exception {
    try (ControlServer server = ControlServer.open(path(), ControlServerTest::echo);
        ControlClient client = ControlClient.ask(path(), Message.of("command", "say \"ä\n\""))) {
      assertThat(server).isNotNull();
      Message first = client.next().orElseThrow();
      assertThat(Message.parse(first.encode()).orElseThrow()).isEqualTo(first);
      assertThat(client.next()).contains(Message.of("done", 1L));
      assertThat(client.next()).isEmpty();
      assertThat(first.encode()).contains("say \\\"ä\\n\\\"");
    }
    assertThat(path()).doesNotExist();
  }

  @Test
  void answersACallerThatHasSaidAllItWill() throws Exception {
    try (ControlServer server = ControlServer.open(path(), ControlServerTest::echo)) {
      assertThat(server).isNotNull();
      for (int i = 0; i < 50; i++) {
        try (SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
          say(raw, "{\"command\":\"x\"}\n");
          raw.shutdownOutput();
          assertThat(reply(raw)).contains("asked", "done");
        }
      }
    }
  }

  @Test
  void isOpenToItsUserAlone() throws Exception {
    try (ControlServer server = ControlServer.open(path(), ControlServerTest::echo)) {
      assertThat(server).isNotNull();
      assertThat(rights(path())).isEqualTo("rw-------");
      assertThat(rights(directory.resolve("run"))).isEqualTo("rwx------");
      assertThatThrownBy(() -> ControlServer.open(path(), ControlServerTest::echo))
          .isInstanceOf(SocketInUse.class);
    }
  }

  @Test
  void isNotMadeWhereOthersMayEnter() throws Exception {
    Files.createDirectory(directory.resolve("run"));
    Files.setPosixFilePermissions(
        directory.resolve("run"), PosixFilePermissions.fromString("rwxr-x---"));
    assertThatThrownBy(() -> ControlServer.open(path(), ControlServerTest::echo))
        .hasMessageContaining("chmod 0700");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        "[]\n",
        "nonsense\n",
        "{\"command\":\n",
        "\"command\"\n",
        "\u0000\u0001\u00ff\n"
      })
  void refusesWhatIsNoRequest(String input) throws Exception {
    try (ControlServer server = ControlServer.open(path(), ControlServerTest::echo);
        SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
      assertThat(server).isNotNull();
      say(raw, input);
      assertThat(reply(raw)).contains("\"usage\"").doesNotContain("asked");
      assertThat(answers()).isTrue();
    }
  }

  @Test
  void refusesWhatIsTooLong() throws Exception {
    try (ControlServer server = ControlServer.open(path(), ControlServerTest::echo);
        SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
      assertThat(server).isNotNull();
      say(raw, "{\"command\":\"" + "x".repeat(ControlConnection.LONGEST_REQUEST - 12));
      assertThat(reply(raw)).contains("\"usage\"");
    }
  }

  @Test
  void saysToACommandThatItsRequestIsTooLong() throws Exception {
    try (ControlServer server = ControlServer.open(path(), ControlServerTest::echo);
        ControlClient client =
            ControlClient.ask(path(), Message.of("pasted", "x".repeat(20_000)))) {
      assertThat(server).isNotNull();
      assertThat(client.next().orElseThrow().text("error")).contains("usage");
    }
  }

  @Test
  @Timeout(60)
  void survivesNestingAndGarbage() throws Exception {
    Random dice = new Random(4);
    try (ControlServer server = ControlServer.open(path(), ControlServerTest::echo)) {
      assertThat(server).isNotNull();
      for (int i = 0; i < 200; i++) {
        try (SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
          byte[] bytes = new byte[dice.nextInt(2000)];
          dice.nextBytes(bytes);
          String text = i % 2 == 0 ? "[".repeat(1 + dice.nextInt(9000)) + "\n" : latin1(bytes);
          say(raw, text);
        }
      }
      // Sooner than the server can hang up on all of them.
      while (!answers()) {
        Thread.sleep(/* millis= */ 10);
      }
    }
  }

  @Test
  void aCallerThatSaysNothingIsClosedAndNobodyWaitsForIt() throws Exception {
    try (ControlServer server = ControlServer.open(path(), ControlServerTest::echo);
        SocketChannel silent = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
      assertThat(server).isNotNull();
      assertThat(answers()).isTrue();
      Instant start = Instant.now();
      assertThat(reply(silent)).isEmpty();
      assertThat(Duration.between(start, Instant.now()))
          .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(8));
    }
  }

  @Test
  void aCallerThatDoesNotReadIsClosed() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    ControlServer.Commands endless =
        (_, caller) -> {
          caller.whenGone(ended::countDown);
          while (true) {
            caller.send(Message.of("filler", "x".repeat(1000)));
          }
        };
    try (ControlServer server = ControlServer.open(path(), endless);
        SocketChannel deaf = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
      assertThat(server).isNotNull();
      say(deaf, "{\"command\":\"all\"}\n");
      assertThat(ended.await(ENOUGH.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  @SuppressWarnings("try") // closing it early is the point
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCallerThatGivesUpIsNoticed(boolean half) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    ControlServer.Commands waiting =
        (_, caller) -> {
          caller.whenGone(ended::countDown);
          begun.countDown();
          ended.await();
        };
    try (ControlServer server = ControlServer.open(path(), waiting);
        SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
      assertThat(server).isNotNull();
      say(raw, "{\"command\":\"wait\"}\n");
      assertThat(raw.read(ByteBuffer.allocate(1000))).as("a greeting").isPositive();
      begun.await();
      if (half) {
        raw.shutdownOutput();
      } else {
        raw.close();
      }
      assertThat(ended.await(ENOUGH.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void stoppingEndsWhatWaits() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    ControlServer.Commands waiting =
        (_, caller) -> {
          CountDownLatch gone = new CountDownLatch(1);
          caller.whenGone(gone::countDown);
          begun.countDown();
          gone.await();
        };
    ControlServer server = ControlServer.open(path(), waiting);
    try (ControlClient client = ControlClient.ask(path(), Message.of("command", "wait"))) {
      begun.await();
      server.close();
      assertThat(client.next()).isEmpty();
    }
  }

  @Test
  void thereIsRoomForSomebodyWhenTheSilentHaveGone() throws Exception {
    List<SocketChannel> crowd = new ArrayList<>();
    try (ControlServer server = ControlServer.open(path(), ControlServerTest::echo)) {
      assertThat(server).isNotNull();
      for (int i = 0; i < 200; i++) {
        crowd.add(SocketChannel.open(UnixDomainSocketAddress.of(path())));
      }
      Instant limit = Instant.now().plus(ENOUGH);
      while (!answers() && Instant.now().isBefore(limit)) {
        Thread.sleep(100);
      }
      assertThat(answers()).isTrue();
    } finally {
      for (SocketChannel one : crowd) {
        one.close();
      }
    }
  }

  @Test
  void aDaemonThatDoesNotAnswerIsNone() throws Exception {
    Files.createDirectory(directory.resolve("run"));
    try (ServerSocketChannel deaf = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      deaf.bind(UnixDomainSocketAddress.of(path()));
      Instant start = Instant.now();
      assertThatThrownBy(() -> ControlClient.ask(path(), Message.of("command", "status")))
          .hasMessageContaining("no daemon answers");
      assertThat(Duration.between(start, Instant.now())).isLessThan(ENOUGH);
    }
  }

  @Test
  void theConfigurationSaysWhichDaemon() throws Exception {
    Path here = Files.createFile(directory.resolve("cms.cfg"));
    Path there = Files.createFile(directory.resolve("other.cfg"));
    Path link = Files.createSymbolicLink(directory.resolve("link.cfg"), here);
    Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", directory.toString());
    Path socket = ControlSocket.forDaemon(here, environment);
    assertThat(socket.getParent()).isEqualTo(directory.resolve("cloud-mdir-sync"));
    assertThat(ControlSocket.forDaemon(link, environment)).isEqualTo(socket);
    assertThat(ControlSocket.forClient(link, environment)).isEqualTo(socket);
    assertThat(ControlSocket.forDaemon(there, environment)).isNotEqualTo(socket);
  }

  @Test
  void aCommandLooksWhereTheDaemonOfAServiceIs() throws Exception {
    Path file = Files.createFile(directory.resolve("cms.cfg"));
    Map<String, String> service = Map.of("RUNTIME_DIRECTORY", directory + ":/run/other");
    Path socket = ControlSocket.forDaemon(file, service);
    Files.createDirectories(socket.getParent());
    Files.createFile(socket);
    Map<String, String> shell =
        Map.of(
            "XDG_RUNTIME_DIR",
            directory.resolve("empty").toString(),
            "RUNTIME_DIRECTORY",
            directory.toString());
    assertThat(ControlSocket.forClient(file, shell)).isEqualTo(socket);
  }

  @Test
  void nothingIsMadeInARuntimeDirectoryThatIsNotThere() throws Exception {
    Path file = Files.createFile(directory.resolve("cms.cfg"));
    Path gone = directory.resolve("gone");
    Map<String, String> environment =
        Map.of("XDG_RUNTIME_DIR", gone.toString(), "XDG_STATE_HOME", directory.toString());
    assertThat(ControlSocket.forDaemon(file, environment).startsWith(gone)).isFalse();
    assertThat(ControlSocket.forClient(file, environment))
        .isEqualTo(ControlSocket.forDaemon(file, environment));
  }

  private boolean answers() throws InterruptedException {
    try (ControlClient client = ControlClient.ask(path(), Message.of("command", "x"))) {
      return client.next().isPresent();
    } catch (IOException noRoom) {
      return false;
    }
  }

  private Path path() {
    return directory.resolve("run/c.sock");
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static void say(SocketChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException closed) {
      // It has heard enough.
    }
  }

  private static String reply(SocketChannel channel) throws IOException {
    return latin1(Channels.newInputStream(channel).readAllBytes());
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
