package org.cloudmdirsync.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who has connected. Every user of this machine can reach its loopback addresses, and the kernel
 * knows whose program did: better than a secret in the URL, which browsers keep and show around.
 */
final class Visitor {
  private static final int ROOT = 0;

  private Visitor() {}

  /**
   * Whether the other end is a program of the user this daemon runs as, or root's. Behind {@code
   * ssh -L} that is whoever logged in.
   *
   * @param peer the other end's address
   * @param here the address it reached
   */
  static boolean isOurs(InetSocketAddress peer, InetSocketAddress here) {
    int ourselves = ourselves();
    return TcpSocket.all()
        .filter(socket -> socket.connects(peer, here))
        .anyMatch(socket -> socket.uid() == ourselves || socket.uid() == ROOT);
  }

  private static int ourselves() {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      return ROOT;
    }
  }
}
