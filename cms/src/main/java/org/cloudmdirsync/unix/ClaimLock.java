package org.cloudmdirsync.unix;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Held from asking whether a daemon serves a path until ours does. It excludes processes, and a
 * process claims its sockets one after the other.
 *
 * <p>The lock is on a file beside the socket, removed with it: another user's daemon, another day,
 * could not write one that stayed. Who waited for a removed file must know that it is one, and Java
 * does not tell an open file's name: so a removed file has a byte in it.
 */
record ClaimLock(Path file, FileChannel channel) implements AutoCloseable {

  /**
   * Takes the lock, without waiting: who has it is about to serve the path.
   *
   * @throws SocketInUse if another process has it
   */
  static ClaimLock take(Path socket) throws IOException {
    Path file = socket.toAbsolutePath().resolveSibling(socket.getFileName() + ".lock");
    while (true) {
      FileChannel channel = open(file);
      try {
        if (channel.tryLock() == null) {
          throw new SocketInUse(socket);
        }
        if (channel.size() == 0) {
          return new ClaimLock(file, channel);
        }
        channel.close();
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }
  }

  private static FileChannel open(Path file) throws IOException {
    try {
      return FileChannel.open(
          file,
          Set.of(CREATE, WRITE),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (AccessDeniedException e) {
      throw new IOException(
          "%s belongs to %s; remove it if no daemon of theirs is starting"
              .formatted(file, Files.getOwner(file)),
          e);
    }
  }

  /** First the name, then the byte: killed in between, nothing is left that stops the next one. */
  @Override
  public void close() {
    try (channel) {
      Files.delete(file);
      channel.write(ByteBuffer.allocate(1));
    } catch (IOException full) {
      // The path is ours all the same; only a third who waits right now may be misled.
    }
  }
}
