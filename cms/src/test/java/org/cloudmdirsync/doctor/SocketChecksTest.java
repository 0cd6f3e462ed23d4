package org.cloudmdirsync.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.cloudmdirsync.doctor.Finding.Failed;
import org.cloudmdirsync.doctor.Finding.Passed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As root, who alone can try what another user may; elsewhere left out. */
class SocketChecksTest {
  private static final Person ROOT = Person.named("root").orElseThrow();
  private static final Person NOBODY = Person.named("nobody").orElseThrow();

  @TempDir Path home;
  private ServerSocketChannel server;
  private Path socket;

  @BeforeEach
  void open() throws IOException {
    assumeTrue(Person.self().orElseThrow().isRoot(), "only root can be somebody else");
    socket = home.resolve("sock");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    mode(socket, "rw-rw-rw-");
    mode(home, "rwx------");
  }

  @AfterEach
  void close() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  /** The group's bits then show the list's mask, so that others seem to be kept out. */
  @Test
  void anAccessControlListCountsMoreThanTheModes() {
    list(home, "u:nobody:x");
    assertThat(rights()).isEqualTo(new Passed("nobody may connect, tried"));
  }

  @Test
  void theModesSayWhyNot() {
    assertThat(rights())
        .isInstanceOfSatisfying(
            Failed.class,
            it -> {
              assertThat(it.cause()).contains("the search right (x) on the directory " + home);
              assertThat(it.remedy()).isEqualTo("chmod o+x " + home);
            });
  }

  @Test
  void whereTheyAllowItTheListIsToBlame() throws IOException {
    mode(home, "rwx--x--x");
    list(home, "u:nobody:-");
    assertThat(rights())
        .isInstanceOfSatisfying(
            Failed.class,
            it -> {
              assertThat(it.cause()).contains("nobody may not connect", "though the modes allow");
              assertThat(it.remedy()).contains("getfacl");
            });
  }

  private Finding rights() {
    return new SocketChecks(socket, ROOT, NOBODY).all().get(1).probe().get();
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static void list(Path path, String entry) {
    boolean set =
        Command.run(List.of("setfacl", "-m", entry, path.toString()), 10)
            .filter(ended -> ended.status() == 0)
            .isPresent();
    assumeTrue(set, "no setfacl, or a file system without lists");
  }
}
