package org.cloudmdirsync.unix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The socket's place in the file system: never taken from a live daemon, never reachable with wider
 * rights than asked, given back only if it is still ours.
 *
 * <p>bind(2) makes a socket with the rights of the process's umask, which Java cannot change. So it
 * is bound inside a private directory, given its mode there, and only then renamed into place.
 *
 * @param listener the bound socket
 * @param path where clients find it
 * @param identity device and inode; the open listener keeps the inode from being used again. Empty
 *     for a socket that a service manager has made, and will remove
 */
public record SocketFile(ServerSocketChannel listener, Path path, Optional<Object> identity) {
  /** Of the 108 bytes of sockaddr_un's {@code sun_path} the JDK leaves two unused. */
  private static final int LONGEST_PATH = 106;

  /** Clients that may wait to be accepted; the kernel may lower it to its somaxconn. */
  private static final int BACKLOG = 1024;

  /**
   * Binds the socket, or takes the one at this path that we were started with, and then its mode as
   * it is.
   *
   * @param mode permission bits, such as 0600
   * @throws SocketInUse if somebody answers there
   * @throws IOException whose message says what to do
   */
  public static SocketFile claim(Path path, int mode) throws IOException {
    Optional<ServerSocketChannel> inherited = InheritedSocket.at(path);
    if (inherited.isPresent()) {
      return new SocketFile(inherited.get(), path, Optional.empty());
    }
    Path directory = Objects.requireNonNull(path.toAbsolutePath().getParent(), "not a file name");
    Path workshop = directory.resolve("." + shortRandomName());
    refuseTooLong(path, workshop.resolve("s"));
    createPrivate(workshop);
    // Two that start together would both find the place free, and one lose it to the other unheard.
    try (ClaimLock _ = ClaimLock.take(path)) {
      refuseOccupied(path);
      return listenIn(workshop, path, mode);
    } finally {
      Files.delete(workshop);
    }
  }

  private static SocketFile listenIn(Path workshop, Path path, int mode) throws IOException {
    Path made = workshop.resolve("s");
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      listener.bind(UnixDomainSocketAddress.of(made), BACKLOG);
      Files.setPosixFilePermissions(made, permissions(mode));
      Object identity = identity(made);
      Files.move(made, path, StandardCopyOption.ATOMIC_MOVE);
      return new SocketFile(listener, path, Optional.of(identity));
    } catch (IOException | RuntimeException e) {
      listener.close();
      Files.deleteIfExists(made);
      throw e;
    }
  }

  /** Closes the socket and removes its name, unless that now names something else. */
  public void release() throws IOException {
    try (listener) {
      if (identity.isPresent() && identity.get().equals(identity(path))) {
        Files.delete(path);
      }
    } catch (NoSuchFileException alreadyGone) {
      // Somebody tidied up before us.
    }
  }

  private static void refuseTooLong(Path path, Path made) throws IOException {
    int length = Math.max(bytes(path.toAbsolutePath()), bytes(made));
    if (length > LONGEST_PATH) {
      throw new IOException(
          "the path of the socket is too long by %d bytes, the system allows %d: %s"
              .formatted(length - LONGEST_PATH, LONGEST_PATH, path));
    }
  }

  private static int bytes(Path path) {
    return path.toString().getBytes(UTF_8).length;
  }

  /** Lets through only a free path and a socket nobody listens on. */
  private static void refuseOccupied(Path path) throws IOException {
    if (!Files.exists(path, NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS).isOther()) {
      throw new IOException(path + " is in the way of a socket and is none; move it elsewhere");
    }
    if (!Files.isWritable(path)) {
      throw new IOException(
          "%s belongs to %s and cannot be asked whether a daemon serves it; remove it if none does"
              .formatted(path, Files.getOwner(path)));
    }
    refuseLive(path);
  }

  private static void refuseLive(Path path) throws IOException {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      // A live daemon whose backlog is full would otherwise hold us up; so it is an error, too.
      probe.configureBlocking(false);
      probe.connect(UnixDomainSocketAddress.of(path));
    } catch (ConnectException nobodyListens) {
      // Left behind by a daemon that was killed: taken over by the rename.
      return;
    } catch (IOException busy) {
      throw new SocketInUse(path);
    }
    throw new SocketInUse(path);
  }

  private static void createPrivate(Path workshop) throws IOException {
    Path directory = Objects.requireNonNull(workshop.getParent());
    try {
      Files.createDirectory(
          workshop, PosixFilePermissions.asFileAttribute(permissions(/* rwx------ */ 0700)));
    } catch (NoSuchFileException e) {
      throw new IOException(
          "there is no directory %s for the socket; create it: mkdir -p -m 0700 %s"
              .formatted(directory, directory),
          e);
    } catch (AccessDeniedException e) {
      throw new IOException(
          "no permission to create the socket in %s, which belongs to %s; give the daemon that directory or the socket another path"
              .formatted(directory, Files.getOwner(directory)),
          e);
    } catch (FileSystemException e) {
      throw new IOException(
          "cannot create the socket in %s: %s".formatted(directory, e.getReason()), e);
    }
  }

  /** As short as {@code cms.sock} together with the name inside, so that few paths get too long. */
  private static String shortRandomName() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt(), 5);
  }

  private static Object identity(Path path) throws IOException {
    return Objects.requireNonNull(
        Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS).fileKey());
  }

  /** Permission bits, such as 0600, in Java's form. */
  public static Set<PosixFilePermission> permissions(int mode) {
    if ((mode & ~0777) != 0) {
      throw new IllegalArgumentException("not permission bits: 0" + Integer.toOctalString(mode));
    }
    StringBuilder rights = new StringBuilder("rwxrwxrwx");
    for (int i = 0; i < rights.length(); i++) {
      if ((mode & (0400 >> i)) == 0) {
        rights.setCharAt(i, '-');
      }
    }
    return PosixFilePermissions.fromString(rights.toString());
  }
}
