package org.cloudmdirsync.web;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A TCP socket of this machine, as its kernel lists it (proc(5), {@code /proc/self/net/tcp}).
 *
 * @param local address and port at its own end, written as the kernel does
 * @param remote the same of the other end
 * @param state such as {@code 0A} for one that listens
 * @param uid whose it is
 * @param inode names it in {@code /proc/PID/fd}
 */
record TcpSocket(String local, String remote, String state, int uid, String inode) {
  private static final String ESTABLISHED = "01";
  private static final String LISTEN = "0A";

  /** All there are; none where nothing can be read. */
  static Stream<TcpSocket> all() {
    return Stream.of("/proc/self/net/tcp", "/proc/self/net/tcp6")
        .flatMap(table -> lines(Path.of(table)).stream())
        .flatMap(line -> parse(line).stream());
  }

  /** The columns: sl local_address rem_address st queues timer retransmits uid timeout inode. */
  static Optional<TcpSocket> parse(String line) {
    String[] column = line.strip().split("\\s+", -1);
    if (column.length < 10 || !column[7].matches("[0-9]{1,9}")) {
      return Optional.empty();
    }
    return Optional.of(
        new TcpSocket(column[1], column[2], column[3], Integer.parseInt(column[7]), column[9]));
  }

  boolean listensOn(int port) {
    return state.equals(LISTEN) && local.endsWith(port(port));
  }

  /**
   * Whether this is the end of a connection that leads from one address to another. One that its
   * program has closed does not count: the kernel then gives it to root.
   */
  boolean connects(InetSocketAddress from, InetSocketAddress to) {
    return state.equals(ESTABLISHED)
        && written(from).contains(local)
        && written(to).contains(remote);
  }

  /** An IPv4 address may stand in the table of IPv6, too (RFC 4291 section 2.5.5.2). */
  private static List<String> written(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    String words = words(host.getAddress()) + port(address.getPort());
    return host instanceof Inet4Address
        ? List.of(words, "0000000000000000" + words(new byte[] {0, 0, -1, -1}) + words)
        : List.of(words);
  }

  /** Words of 32 bits, each in the machine's own order of bytes. */
  private static String words(byte[] address) {
    ByteBuffer buffer = ByteBuffer.wrap(address).order(ByteOrder.nativeOrder());
    StringBuilder words = new StringBuilder();
    while (buffer.hasRemaining()) {
      words.append(String.format("%08X", buffer.getInt()));
    }
    return words.toString();
  }

  private static String port(int port) {
    return String.format(":%04X", port);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
  }
}
