package org.cloudmdirsync.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which program listens on a TCP port, as far as Linux tells us (proc(5), {@code /proc/PID/fd}).
 * Another user's program stays nameless.
 */
final class PortHolder {
  private PortHolder() {}

  /** Such as {@code python3 (process 4711)}; empty when nobody listens or nothing can be read. */
  static Optional<String> of(int port) {
    return TcpSocket.all()
        .filter(socket -> socket.listensOn(port))
        .findFirst()
        .map(PortHolder::describe);
  }

  private static String describe(TcpSocket listener) {
    String socket = "socket:[" + listener.inode() + "]";
    return processes()
        .filter(process -> holds(process, socket))
        .findFirst()
        .map(process -> name(process) + " (process " + process.getFileName() + ")")
        .orElse("a program of another user (user id " + listener.uid() + ")");
  }

  private static Stream<Path> processes() {
    return entries(Path.of("/proc")).stream()
        .filter(entry -> entry.getFileName().toString().matches("[0-9]+"));
  }

  private static boolean holds(Path process, String socket) {
    return entries(process.resolve("fd")).stream().anyMatch(fd -> target(fd).equals(socket));
  }

  private static String name(Path process) {
    try {
      return Files.readString(process.resolve("comm")).strip();
    } catch (IOException e) {
      return "a program";
    }
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
}
