package org.cloudmdirsync.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which program listens on a TCP port, as far as Linux tells us (proc(5): {@code /proc/net/tcp},
 * {@code /proc/PID/fd}). Another user's program stays nameless.
 */
final class PortHolder {
  private static final String LISTEN = "0A";

  private PortHolder() {}

  /** Such as {@code python3 (process 4711)}; empty when nobody listens or nothing can be read. */
  static Optional<String> of(int port) {
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .flatMap(table -> lines(Path.of(table)).stream())
        .flatMap(line -> Listener.parse(line).stream())
        .filter(listener -> listener.port == port)
        .findFirst()
        .map(PortHolder::describe);
  }

  private record Listener(int port, String uid, String inode) {

    /** The columns: sl local_address rem_address st queues timer retransmits uid timeout inode. */
    static Optional<Listener> parse(String line) {
      String[] column = line.strip().split("\\s+", -1);
      if (column.length < 10 || !column[3].equals(LISTEN)) {
        return Optional.empty();
      }
      String port = column[1].substring(column[1].lastIndexOf(':') + 1);
      return Optional.of(new Listener(Integer.parseInt(port, 16), column[7], column[9]));
    }
  }

  private static String describe(Listener listener) {
    String socket = "socket:[" + listener.inode + "]";
    return processes()
        .filter(process -> holds(process, socket))
        .findFirst()
        .map(process -> name(process) + " (process " + process.getFileName() + ")")
        .orElse("a program of another user (user id " + listener.uid + ")");
  }

  private static Stream<Path> processes() {
    return entries(Path.of("/proc")).stream()
        .filter(entry -> entry.getFileName().toString().matches("[0-9]+"));
  }

  private static boolean holds(Path process, String socket) {
    return entries(process.resolve("fd")).stream().anyMatch(fd -> target(fd).equals(socket));
  }

  private static String name(Path process) {
    return String.join("", lines(process.resolve("comm"))).strip();
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static List<Path> entries(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
  }
}
