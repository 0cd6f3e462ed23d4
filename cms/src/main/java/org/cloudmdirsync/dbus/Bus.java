package org.cloudmdirsync.dbus;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connection to the session's message bus; for one thread at a time.
 *
 * <p>Values are Java's: {@code y} Byte, {@code b} Boolean, {@code i u} Integer, {@code s o g}
 * String, {@code v} {@link Variant}, {@code ay} byte[], {@code a{…}} Map, other arrays and structs
 * List.
 */
public final class Bus implements AutoCloseable {
  private static final String NAME = "org.freedesktop.DBus";
  private static final String PATH = "/org/freedesktop/DBus";

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final Duration patience;
  private int serial;

  private Bus(SocketChannel channel, Selector selector, SelectionKey key, Duration patience) {
    this.channel = channel;
    this.selector = selector;
    this.key = key;
    this.patience = patience;
  }

  /** Where the session's bus listens, if there is one; nothing is started. */
  public static Optional<Path> address(Map<String, String> environment) {
    String addresses = environment.getOrDefault("DBUS_SESSION_BUS_ADDRESS", "");
    for (String address : addresses.split(";")) {
      if (address.startsWith("unix:path=")) {
        return Optional.of(Path.of(address.substring("unix:path=".length()).split(",", -1)[0]));
      }
    }
    // sd-bus and libdbus look there too.
    return Optional.ofNullable(environment.get("XDG_RUNTIME_DIR"))
        .filter(directory -> addresses.isEmpty() && !directory.isEmpty())
        .map(directory -> Path.of(directory, "bus"))
        .filter(Files::exists);
  }

  /**
   * Connects.
   *
   * @param patience how long to wait for the bus, and for each answer to come
   * @throws IOException when nobody listens there, or not for us
   */
  public static Bus connect(Path address, Duration patience) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(address));
    Selector selector = Selector.open();
    try {
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      Bus bus = new Bus(channel, selector, key, patience);
      bus.authenticate();
      bus.call(new MethodCall(NAME, PATH, NAME, "Hello"));
      return bus;
    } catch (IOException | RuntimeException e) {
      selector.close();
      channel.close();
      throw e;
    }
  }

  /** Whether somebody has this name now; a service that could be started is not. */
  public boolean hasOwner(String name) throws IOException {
    return (Boolean)
        call(new MethodCall(NAME, PATH, NAME, "NameHasOwner", "s", List.of(name))).getFirst();
  }

  /**
   * Calls a method and waits for the answer. A service that is not running is started by the bus,
   * if it knows how.
   *
   * @throws ErrorReply when the answer is an error
   * @throws IOException when there is none in time
   */
  public List<Object> call(MethodCall call) throws IOException {
    serial++;
    long deadline = deadline();
    write(Message.encode(call, serial), deadline);
    while (true) {
      Message message = read(deadline);
      if (message.answers(serial)) {
        return message.values();
      }
    }
  }

  /** The kernel says who we are: no name is sent, and the server reads it from the socket. */
  private void authenticate() throws IOException {
    long deadline = deadline();
    write("\0AUTH EXTERNAL\r\nDATA\r\n".getBytes(StandardCharsets.US_ASCII), deadline);
    if (!line(deadline).equals("DATA") || !line(deadline).startsWith("OK ")) {
      throw new IOException("the D-Bus session bus does not take us for its user");
    }
    write("BEGIN\r\n".getBytes(StandardCharsets.US_ASCII), deadline);
  }

  private String line(long deadline) throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.indexOf("\r\n") < 0 && line.length() < 512) {
      line.append((char) read(1, deadline)[0]);
    }
    return line.toString().strip();
  }

  private Message read(long deadline) throws IOException {
    byte[] fixed = read(Message.FIXED_BYTES, deadline);
    byte[] rest = read(Message.length(fixed) - fixed.length, deadline);
    return Message.decode(
        ByteBuffer.allocate(fixed.length + rest.length).put(fixed).put(rest).array());
  }

  private byte[] read(int length, long deadline) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer);
      if (read < 0) {
        throw new EOFException("the D-Bus session bus hung up");
      }
      if (read == 0) {
        await(SelectionKey.OP_READ, deadline);
      }
    }
    return buffer.array();
  }

  private void write(byte[] bytes, long deadline) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      if (channel.write(buffer) == 0) {
        await(SelectionKey.OP_WRITE, deadline);
      }
    }
  }

  private void await(int operation, long deadline) throws IOException {
    long milliseconds = (deadline - System.nanoTime()) / 1_000_000;
    if (milliseconds > 0) {
      key.interestOps(operation);
      selector.select(milliseconds);
      selector.selectedKeys().clear();
    }
    if (deadline - System.nanoTime() <= 0) {
      throw new SocketTimeoutException(
          "no answer over D-Bus within " + patience.toSeconds() + " s");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while waiting for D-Bus");
    }
  }

  private long deadline() {
    return System.nanoTime() + patience.toNanos();
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }
}
