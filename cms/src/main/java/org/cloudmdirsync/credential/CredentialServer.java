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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cloudmdirsync.credential.CredentialReply.Kind;
import org.cloudmdirsync.credential.CredentialReply.Refusal;
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

  /** Between two tries to accept while the process or the system has no descriptors left. */
  private static final int BACK_OFF_MILLIS = 100;

  private static final long WARNING_PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  private final SocketFile file;
  private final Function<CredentialRequest, CredentialAnswer> answers;
  private final Encoder encoder = new Encoder();
  private final Connections connections;
  private final Thread acceptor;

  /** When the log last said that clients cannot be accepted; the acceptor's own. */
  private OptionalLong warned = OptionalLong.empty();

  private CredentialServer(
      SocketFile file, Limits limits, Function<CredentialRequest, CredentialAnswer> answers) {
    this.file = file;
    this.answers = answers;
    this.connections = new Connections(limits);
    this.acceptor =
        Thread.ofPlatform().name("credential " + file.path()).daemon().unstarted(this::acceptAll);
  }

  /**
   * Takes the path and starts to answer.
   *
   * @param mode the socket's permission bits, such as 0600: who may write to it may ask
   * @param answers called on the thread that accepts clients and on others; must not block
   * @throws org.cloudmdirsync.unix.SocketInUse if a live daemon serves the path
   * @throws IOException whose message says what to do
   */
  public static CredentialServer open(
      Path path, int mode, Function<CredentialRequest, CredentialAnswer> answers)
      throws IOException {
    return open(path, mode, Limits.USUAL, answers);
  }

  static CredentialServer open(
      Path path, int mode, Limits limits, Function<CredentialRequest, CredentialAnswer> answers)
      throws IOException {
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
        Thread.onSpinWait();
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
        if (!connection.serveAtOnce(this::ready)) {
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

  private void warn(IOException exhausted) {
    long now = System.nanoTime();
    if (warned.isEmpty() || now - warned.getAsLong() > WARNING_PAUSE_NANOS) {
      LOG.log(
          Level.WARNING,
          "{0}: cannot accept clients for now: {1}; silent ones are dropped. If it lasts, raise the limit of open files (LimitNOFILE=, ulimit -n)",
          file.path(),
          exhausted.getMessage());
      warned = OptionalLong.of(now);
    }
  }

  /** Frees the descriptors that silent clients hold; accept would fail again at once. */
  private void backOff() {
    connections.dropSilent();
    try {
      Thread.sleep(BACK_OFF_MILLIS);
    } catch (InterruptedException closed) {
      acceptor.interrupt();
    }
  }

  private void serve(Connection connection) {
    try {
      connection.serve(this::awaited);
    } finally {
      connections.remove(connection);
    }
  }

  private Optional<byte[]> ready(CredentialRequest request) {
    return switch (answer(request)) {
      case CredentialAnswer.Ready(CredentialReply reply) ->
          Optional.of(encoded(request, () -> reply));
      case CredentialAnswer.Awaited _ -> Optional.empty();
    };
  }

  private byte[] awaited(CredentialRequest request) {
    return switch (answer(request)) {
      case CredentialAnswer.Ready(CredentialReply reply) -> encoded(request, () -> reply);
      case CredentialAnswer.Awaited(Supplier<CredentialReply> reply) -> encoded(request, reply);
    };
  }

  private CredentialAnswer answer(CredentialRequest request) {
    try {
      return answers.apply(request);
    } catch (RuntimeException bug) {
      return new CredentialAnswer.Ready(internalError(request, bug));
    }
  }

  private byte[] encoded(CredentialRequest request, Supplier<CredentialReply> reply) {
    try {
      return encoder.encode(reply.get(), request);
    } catch (RuntimeException bug) {
      return internalError(request, bug).encode(request);
    }
  }

  private static Refusal internalError(CredentialRequest request, RuntimeException bug) {
    LOG.log(Level.ERROR, "no answer for " + request.protocol() + " " + request.user(), bug);
    return new Refusal(
        Kind.TEMPORARILY_UNAVAILABLE,
        "internal error; the daemon's log says more",
        Optional.empty());
  }
}
