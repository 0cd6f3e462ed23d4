package org.cloudmdirsync.dist;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One build's programs: a Java runtime with {@code bin/} and {@code lib/cms/} of our own. */
record Image(Path directory) {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'cms-'yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private static final String GIT_CREDENTIAL =
      """
      #!/bin/sh
      self=$0
      [ ! -L "$self" ] || self=$(readlink -f "$self")
      case $self in */*) bin=${self%/*} ;; *) bin=. ;; esac
      exec "$bin/cms-oauth" git-credential "$@"
      """;

  /** A directory of its own for each build: the last one's programs may be running. */
  static Image in(Path target) {
    return new Image(target.resolve(NAME.format(Instant.now())));
  }

  Path bin() {
    return directory.resolve("bin");
  }

  Path lib() {
    return directory.resolve("lib/cms");
  }

  /** The first jar holds our classes; the others are as their makers left them, but for zxing. */
  void add(List<Path> jars) throws IOException {
    Files.createDirectories(lib());
    JarCopy.lowered(jars.getFirst(), lib().resolve(jars.getFirst().getFileName()));
    for (Path jar : jars.subList(1, jars.size())) {
      Path copy = lib().resolve(jar.getFileName());
      if (jar.getFileName().toString().startsWith("core-")) { // zxing's name for it
        JarCopy.forQrCodes(jar, copy);
      } else {
        Files.copy(jar, copy, COPY_ATTRIBUTES);
      }
    }
  }

  /** The archive of classes holds the times of the jars. */
  void setTimes(FileTime time) throws IOException {
    try (Stream<Path> jars = Files.list(lib())) {
      for (Path jar : jars.toList()) {
        Files.setLastModifiedTime(jar, time);
      }
    }
  }

  void write(Program program, String script) throws IOException {
    write(program.name(), script);
  }

  private void write(String name, String script) throws IOException {
    Path file = bin().resolve(name);
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /**
   * {@code cms-oauth} is the native program, or else its twin on the JVM. git's helper is the same
   * program under a name that git finds.
   */
  void addClient(Optional<Path> nativeProgram) throws IOException {
    Path client = bin().resolve("cms-oauth");
    if (nativeProgram.isPresent()) {
      Files.copy(nativeProgram.get(), client, COPY_ATTRIBUTES);
    } else {
      Files.createSymbolicLink(client, Path.of("cms-oauth-jvm"));
    }
    write("git-credential-cms", GIT_CREDENTIAL);
  }
}
