package org.cloudmdirsync.unix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Python plays systemd: it binds the socket and prints what it is told. */
@Timeout(60)
class NotifySocketTest {
  private static final String LISTENER =
      """
      import socket, sys
      address = sys.argv[1]
      s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      s.bind("\\0" + address[1:] if address[0] == "@" else address)
      print("bound", flush=True)
      print(s.recv(4096).decode().replace("\\n", "|"), flush=True)
      """;

  @TempDir private Path directory;

  @Test
  void hearsAtAPath() throws IOException {
    assertThat(told(directory.resolve("notify").toString())).isEqualTo("READY=1|STATUS=für ü");
  }

  @Test
  void hearsAtAnAbstractName() throws IOException {
    assertThat(told("@cms-test-" + ProcessHandle.current().pid()))
        .isEqualTo("READY=1|STATUS=für ü");
  }

  @Test
  void isMissed() {
    NotifySocket gone = new NotifySocket(directory.resolve("nobody").toString());
    assertThatThrownBy(() -> gone.tell("READY=1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nobody: sendto failed: errno 2");
  }

  @Test
  void hasAnAddressThatFits() {
    NotifySocket far = new NotifySocket("/" + "x".repeat(107));
    assertThatThrownBy(() -> far.tell("READY=1")).hasMessageContaining("too long");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "@", "/", "vsock:2:1234", "relative"})
  void isNobodyWeCanSpeakTo(String address) {
    assertThat(NotifySocket.of(Map.of("NOTIFY_SOCKET", address))).isEmpty();
  }

  @Test
  void isNotThereOnATerminal() {
    assertThat(NotifySocket.of(Map.of())).isEmpty();
  }

  private static String told(String address) throws IOException {
    Process listener = new ProcessBuilder("python3", "-c", LISTENER, address).start();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(listener.getInputStream(), UTF_8))) {
      assertThat(said.readLine()).isEqualTo("bound");
      NotifySocket.of(Map.of("NOTIFY_SOCKET", address)).orElseThrow().tell("READY=1\nSTATUS=für ü");
      return said.readLine();
    } finally {
      listener.destroy();
    }
  }
}
