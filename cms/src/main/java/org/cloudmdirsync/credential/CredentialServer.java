package org.cloudmdirsync.credential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.cloudmdirsync.unix.Peer;
import org.cloudmdirsync.unix.SocketFile;

/**
 * Serves one credential socket until it is closed.
 *
 * <p>Every client is answered or closed within 4 s of its connect, whatever it or the function
 * does: a request ends with a newline, the end of file, 1 KiB, or half a second of silence after a
 * complete one. Clients that say nothing cost a descriptor until then; when there are too many, the
 * longest silent go first, so nobody else waits for them.
 */
public final class CredentialServer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(CredentialServer.class.getName());

  /**
   * Who has said nothing for so long goes when there are no descriptors left; many may wait behind.
   */
  private static final Duration SHORT_GRACE = Duration.ofMillis(1);

  private static final long WARNING_PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  private final SocketFile file;
  private final Answering answering;
  private final Connections connections;
  private final Thread acceptor;

  /** When the log last said that clients cannot be accepted; the acceptor's own. */
  private OptionalLong warned = OptionalLong.empty();

  private CredentialServer(
      SocketFile file,
      Limits limits,
      BiFunction<Peer, CredentialRequest, CredentialAnswer> answers) {
    this.file = file;
    this.answering = new Answering(answers, new Encoder());
    this.connections = new Connections(limits);
    this.acceptor =
        Thread.ofPlatform().name("credential " + file.path()).daemon().unstarted(this::acceptAll);
  }

  /**
   * Takes the path and starts to answer.
   *
   * @param mode the socket's permission bits, such as 0600: who may write to it may ask
   * @param answers called once for each client, on the thread that accepts them or another; must
   *     not block
   * @throws org.cloudmdirsync.unix.SocketInUse if a live daemon serves the path
   * @throws IOException whose message says what to do
   */
  public static CredentialServer open(
      Path path, int mode, BiFunction<Peer, CredentialRequest, CredentialAnswer> answers)
      throws IOException {
    return open(path, mode, Limits.USUAL, answers);
  }

  static CredentialServer open(
      Path path,
      int mode,
      Limits limits,
      BiFunction<Peer, CredentialRequest, CredentialAnswer> answers)
      throws IOException {
    Peer.prepare();
    preparePoller();
    CredentialServer server = new CredentialServer(SocketFile.claim(path, mode), limits, answers);
    server.acceptor.start();
    return server;
  }

  /**
   * Lets a virtual thread wait for a byte. The JDK makes what wakes such threads when the first of
   * them waits; if there were no descriptors for it just then, none would ever be woken again.
   */
  private static void preparePoller() throws IOException {
    Pipe pipe = Pipe.open();
    try (Pipe.SourceChannel source = pipe.source();
        Pipe.SinkChannel sink = pipe.sink()) {
      Thread waiting = Thread.startVirtualThread(() -> readByte(source));
      while (waiting.getState() != Thread.State.WAITING && waiting.isAlive()) {
        Thread.sleep(1);
      }
      sink.write(ByteBuffer.allocate(1));
      waiting.join();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private static void readByte(Pipe.SourceChannel source) {
    try {
      source.read(ByteBuffer.allocate(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether closing it removes the path, so that it can be opened anew; not if systemd made it. */
  public boolean closesItsPath() {
    return file.identity().isPresent();
  }

  /** Closes the socket and every connection; removes the path unless somebody else has taken it. */
  @Override
  public void close() throws IOException {
    try (connections) {
      file.release();
      acceptor.interrupt();
    }
  }

  private void acceptAll() {
    while (file.listener().isOpen()) {
      try {
        Connection connection = new Connection(file.listener().accept(), System.nanoTime());
        if (!connection.serveAtOnce(answering)) {
          connections.admit(connection);
          Thread.startVirtualThread(() -> serve(connection));
        }
      } catch (ClosedChannelException | InterruptedException closed) {
        return;
      } catch (IOException e) {
        warn(e);
        backOff();
      }
    }
  }

  /** How many clients were closed so far to make room, or because their time was over. */
  public long dropped() {
    return connections.dropped();
  }

  private void warn(IOException exhausted) {
    long now = System.nanoTime();
    if (warned.isEmpty() || now - warned.getAsLong() > WARNING_PAUSE_NANOS) {
      String warning =
          "%s: cannot accept clients for now: %s; silent ones are dropped. If it lasts, raise the limit of open files (LimitNOFILE=, ulimit -n)"
              .formatted(file.path(), exhausted.getMessage());
      // Whoever reads the log may be slow.
      Thread.startVirtualThread(() -> LOG.log(Level.WARNING, warning));
      warned = OptionalLong.of(now);
    }
  }

  /** Frees the descriptors that idle clients hold; accept would fail again at once. */
  private void backOff() {
    if (!connections.makeRoom(SHORT_GRACE)) {
      LockSupport.parkNanos(SHORT_GRACE.toNanos());
    }
  }

  private void serve(Connection connection) {
    try {
      connection.serve(answering);
    } finally {
      connections.remove(connection);
    }
  }
}
