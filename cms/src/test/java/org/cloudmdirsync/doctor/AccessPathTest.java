package org.cloudmdirsync.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.cloudmdirsync.doctor.AccessPath.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessPathTest {
  private static final Person EXIM = new Person("exim", 101, 113, Set.of(113L, 50L));

  /** A directory and the socket in it, each as UID:GID:MODE. */
  @ParameterizedTest
  @CsvSource({
    "0:0:755,    1000:1000:666, ''",
    "0:0:755,    1000:1000:600, chgrp exim /d/s && chmod g+rw /d/s",
    "0:0:755,    1000:113:660,  ''",
    "0:0:755,    1000:50:660,   ''",
    "0:0:755,    1000:113:606,  chmod g+rw /d/s",
    "0:0:755,    101:1000:066,  chmod u+rw /d/s",
    "1000:0:700, 1000:1000:666, chmod o+x /d",
    "1000:113:701, 1000:1000:666, chmod g+x /d",
    "1000:0:700, 1000:1000:600, chmod o+x /d + chgrp exim /d/s && chmod g+rw /d/s",
  })
  void decidesAsTheKernelDoes(String directory, String socket, String mending) {
    AccessPath path =
        new AccessPath(List.of(place("/d", directory, true), place("/d/s", socket, false)));
    List<String> commands =
        path.obstacles(EXIM).stream().map(obstacle -> obstacle.mending(EXIM)).toList();
    assertThat(String.join(" + ", commands)).isEqualTo(mending);
    assertThat(path.obstacles(new Person("root", 0, 0, Set.of(0L)))).isEmpty();
  }

  private static Place place(String path, String facts, boolean directory) {
    String[] parts = facts.split(":");
    return new Place(
        Path.of(path),
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Integer.parseInt(parts[2], 8),
        directory);
  }

  @Test
  void seesWhereSymbolicLinksLeadThrough(@TempDir Path made) throws Exception {
    Path directory = made.toRealPath();
    Path closed = Files.createDirectory(directory.resolve("closed"));
    Path open = Files.createDirectory(closed.resolve("open"));
    Files.createFile(open.resolve("s"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(directory.resolve("link"), Path.of("closed/open"));
    AccessPath path = AccessPath.to(directory.resolve("link/s"));
    assertThat(path.places())
        .extracting(Place::path)
        .startsWith(Path.of("/"))
        .containsSubsequence(directory, closed, open, open.resolve("s"));
    assertThat(path.obstacles(EXIM)).extracting(it -> it.place().path()).contains(closed);
  }

  @Test
  void knowsTheUsersOfThisMachine() {
    assertThat(Person.named("root")).get().extracting(Person::uid).isEqualTo(0L);
    assertThat(Person.named("nobody-of-this-name")).isEmpty();
    assertThat(Person.named("-n")).isEmpty();
    assertThat(Person.self()).isPresent();
  }
}
