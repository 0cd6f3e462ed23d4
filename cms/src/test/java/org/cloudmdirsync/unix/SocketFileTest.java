package org.cloudmdirsync.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketFileTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"0600, rw-------", "0660, rw-rw----", "0666, rw-rw-rw-", "0007, ------rwx"})
  void hasExactlyTheModeAsked(String mode, String rights) throws IOException {
    SocketFile file = SocketFile.claim(path(), Integer.parseInt(mode, 8));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
        .isEqualTo(rights);
    file.release();
  }

  @Test
  void leavesNothingBehind() throws IOException {
    SocketFile file = SocketFile.claim(path(), 0600);
    assertThat(inDirectory()).containsExactly(path());
    file.release();
    assertThat(inDirectory()).isEmpty();
  }

  @Test
  void doesNotStealFromALiveDaemon() throws IOException {
    SocketFile first = SocketFile.claim(path(), 0600);
    assertThatThrownBy(() -> SocketFile.claim(path(), 0600))
        .isInstanceOf(SocketInUse.class)
        .hasMessageContaining(path().toString());
    assertThat(inDirectory()).containsExactly(path());
    try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
      assertThat(client.isConnected()).isTrue();
    }
    first.release();
  }

  @Test
  void doesNotStealFromALiveDaemonThatIsBusy() throws IOException {
    try (ServerSocketChannel busy = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      busy.bind(UnixDomainSocketAddress.of(path()), 1);
      try (SocketChannel one = SocketChannel.open(UnixDomainSocketAddress.of(path()));
          SocketChannel two = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
        assertThat(one.isConnected() && two.isConnected()).isTrue();
        assertThatThrownBy(() -> SocketFile.claim(path(), 0600)).isInstanceOf(SocketInUse.class);
      }
    }
  }

  @Test
  void takesOverWhatAKilledDaemonLeft() throws IOException {
    try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(path()));
    }
    assertThat(path()).exists();
    SocketFile file = SocketFile.claim(path(), 0600);
    try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
      assertThat(client.isConnected()).isTrue();
    }
    file.release();
  }

  @Test
  void doesNotReplaceARegularFile() throws IOException {
    Files.writeString(path(), "somebody's diary");
    assertThatThrownBy(() -> SocketFile.claim(path(), 0600))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is in the way")
        .hasMessageContaining("move it elsewhere");
    assertThat(path()).hasContent("somebody's diary");
  }

  @Test
  void saysHowToMakeAMissingDirectory() {
    Path missing = directory.resolve("run");
    assertThatThrownBy(() -> SocketFile.claim(missing.resolve("cms.sock"), 0600))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("mkdir -p -m 0700 " + missing);
  }

  @Test
  void saysWhatIsNoDirectory() throws IOException {
    Files.writeString(path(), "");
    assertThatThrownBy(() -> SocketFile.claim(path().resolve("cms.sock"), 0600))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot create the socket in " + path())
        .hasMessageContaining("Not a directory");
  }

  @Test
  void saysByHowMuchAPathIsTooLong() throws IOException {
    Path deep = Files.createDirectory(directory.resolve("d".repeat(107)));
    Path path = deep.resolve("cms.sock");
    assertThatThrownBy(() -> SocketFile.claim(path, 0600))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "too long by %d bytes, the system allows 106", path.toString().length() - 106);
  }

  @Test
  void acceptsTheLongestPath() throws IOException {
    int rest = 106 - directory.toString().length() - "//cms.sock".length();
    Path deep = Files.createDirectory(directory.resolve("d".repeat(rest)));
    Path path = deep.resolve("cms.sock");
    assertThat(path.toString()).hasSize(106);
    SocketFile.claim(path, 0600).release();
  }

  @Test
  void keepsWhatSomebodyElseMeanwhilePutThere() throws IOException {
    SocketFile ours = SocketFile.claim(path(), 0600);
    Files.delete(path());
    Files.writeString(path(), "theirs");
    ours.release();
    assertThat(path()).hasContent("theirs");
  }

  @Test
  void doesNotMindThatSomebodyTidiedUp() throws IOException {
    SocketFile ours = SocketFile.claim(path(), 0600);
    Files.delete(path());
    ours.release();
    assertThat(inDirectory()).isEmpty();
  }

  @Test
  @Timeout(120)
  void isWonByOneOfManyThatStartTogetherOverAStaleSocket() throws Exception {
    List<Claimant> claimants = new ArrayList<>();
    try {
      for (int i = 0; i < 6; i++) {
        claimants.add(Claimant.start());
      }
      for (int round = 0; round < 30; round++) {
        Path stale = directory.resolve(round + ".sock");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            .bind(UnixDomainSocketAddress.of(stale))
            .close();
        for (Claimant claimant : claimants) {
          claimant.tell(stale);
        }
        List<String> outcomes = new ArrayList<>();
        for (Claimant claimant : claimants) {
          outcomes.add(claimant.outcome());
        }
        assertThat(outcomes).containsOnly("won", "SocketInUse").containsOnlyOnce("won");
      }
    } finally {
      claimants.forEach(Claimant::close);
    }
  }

  /** Or he would hold a lock that nobody who comes later can see. */
  @Test
  void whoWaitsForALockFileSeesThatItWasRemoved() throws IOException {
    ClaimLock lock = ClaimLock.take(path());
    try (FileChannel waiting = FileChannel.open(lock.file(), StandardOpenOption.WRITE)) {
      lock.close();
      assertThat(waiting.size()).isEqualTo(1);
      assertThat(inDirectory()).isEmpty();
    }
  }

  private Path path() {
    return directory.resolve("cms.sock");
  }

  private List<Path> inDirectory() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
