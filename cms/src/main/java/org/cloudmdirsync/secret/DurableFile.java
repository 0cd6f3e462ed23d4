package org.cloudmdirsync.secret;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The one place where files are written the safe way: whole or not at all, mode 0600, and on the
 * disk when {@link #write} returns.
 *
 * <p>Writers of one file must exclude each other, since its temporary name is always the same. A
 * fixed name means that a killed process leaves at most one stale file, which the next write
 * removes.
 */
public final class DurableFile {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private DurableFile() {}

  /**
   * Replaces a file's content, or creates it.
   *
   * @throws IOException when the new content may not be on the disk; then the old content still is,
   *     and the message says what to do
   */
  public static void write(Path file, byte[] content) throws IOException {
    Path temporary = temporary(file);
    try {
      writeAndSync(temporary, content);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      syncDirectory(directory(file));
    } catch (IOException e) {
      remove(temporary);
      throw new IOException("cannot write " + file + ": " + reason(e), e);
    }
  }

  /** Renames a file within one directory tree, lastingly. */
  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory(directory(to));
    syncDirectory(directory(from));
  }

  /** Makes names created, renamed or removed in a directory last. */
  static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    }
  }

  static Path temporary(Path file) {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  private static void writeAndSync(Path temporary, byte[] content) throws IOException {
    Files.deleteIfExists(temporary);
    try (FileChannel channel = FileChannel.open(temporary, Set.of(CREATE_NEW, WRITE), OWNER_ONLY)) {
      for (ByteBuffer rest = ByteBuffer.wrap(content); rest.hasRemaining(); ) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  private static Path directory(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  private static void remove(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException leftForTheNextWrite) {
      // The write has already failed with a better reason than this one.
    }
  }

  /** In the words of a person who has to mend it. */
  public static String reason(IOException e) {
    String words = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    if (e instanceof AccessDeniedException) {
      return "permission denied; make the directory writable for this user";
    }
    if (e instanceof NoSuchFileException) {
      return "the directory does not exist";
    }
    if (words == null) {
      return e.getClass().getSimpleName();
    }
    boolean wordedAlready = e.getCause() instanceof IOException;
    boolean full = words.contains("No space left") || words.contains("quota exceeded");
    return full && !wordedAlready ? words + "; free some space" : words;
  }
}
