package org.cloudmdirsync.unix;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The listening socket that we were started with as standard input: systemd's socket activation
 * with {@code StandardInput=socket}, the one form of it that Java knows.
 */
final class InheritedSocket {
  private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");

  private InheritedSocket() {}

  /** The socket, if it is the one at this path. */
  static Optional<ServerSocketChannel> at(Path path) throws IOException {
    // Asking Java first would cost every start the loading of what it takes.
    return isSocket()
            && System.inheritedChannel() instanceof ServerSocketChannel listener
            && UnixDomainSocketAddress.of(path).equals(listener.getLocalAddress())
        ? Optional.of(listener)
        : Optional.empty();
  }

  private static boolean isSocket() {
    try {
      return Files.readSymbolicLink(STANDARD_INPUT).toString().startsWith("socket:");
    } catch (IOException closedOrNoLinux) {
      return false;
    }
  }
}
