package org.cloudmdirsync.unix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PeerTest {
  @TempDir private Path directory;

  @Test
  void isTheProcessThatConnected() throws Exception {
    Path path = directory.resolve("s");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(path));
      Process other =
          new ProcessBuilder(
                  "python3",
                  "-c",
                  "import os, socket, sys; s = socket.socket(socket.AF_UNIX);"
                      + " s.connect(sys.argv[1]); print(os.getpid(), os.getuid(), os.getgid())",
                  path.toString())
              .start();
      try (SocketChannel channel = listener.accept()) {
        Peer peer = Peer.of(channel);
        assertThat(peer.pid() + " " + peer.uid() + " " + peer.gid())
            .isEqualTo(new String(other.getInputStream().readAllBytes(), UTF_8).strip());
      }
    }
  }

  @Test
  void isOurselvesOnOurOwnSocket() throws IOException {
    Path path = directory.resolve("s");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(path));
      try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path));
          SocketChannel accepted = listener.accept()) {
        for (int asked = 0; asked <= Peer.FEW; asked++) {
          assertThat(Peer.of(accepted)).isEqualTo(ourselves());
        }
      }
    }
  }

  @Test
  void isUnknownWhenTheChannelIsClosed() throws IOException {
    SocketChannel closed = SocketChannel.open(StandardProtocolFamily.UNIX);
    closed.close();
    for (int asked = 0; asked <= Peer.FEW; asked++) {
      assertThatThrownBy(() -> Peer.of(closed)).isInstanceOf(IOException.class);
    }
  }

  private static Peer ourselves() throws IOException {
    List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
    return new Peer(
        (int) ProcessHandle.current().pid(), effective(status, "Uid:"), effective(status, "Gid:"));
  }

  private static int effective(List<String> status, String name) {
    String line = status.stream().filter(each -> each.startsWith(name)).findFirst().orElseThrow();
    return Integer.parseInt(line.split("\\s+")[2]);
  }
}
