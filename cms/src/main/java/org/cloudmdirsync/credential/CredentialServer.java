package org.cloudmdirsync.credential;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cloudmdirsync.credential.CredentialReply.Kind;
import org.cloudmdirsync.credential.CredentialReply.Refusal;

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

  private final SocketFile file;
  private final Function<CredentialRequest, CredentialAnswer> answers;
  private final Connections connections;
  private final Thread acceptor;

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
   * @throws SocketInUse if a live daemon serves the path
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
    CredentialServer server = new CredentialServer(SocketFile.claim(path, mode), limits, answers);
    server.acceptor.start();
    return server;
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
    boolean exhausted = false;
    while (file.listener().isOpen()) {
      try {
        Connection connection = new Connection(file.listener().accept(), System.nanoTime());
        exhausted = false;
        if (!connection.serveAtOnce(this::ready)) {
          connections.admit(connection);
          Thread.startVirtualThread(() -> serve(connection));
        }
      } catch (ClosedChannelException | InterruptedException closed) {
        return;
      } catch (IOException e) {
        if (!exhausted) {
          LOG.log(Level.WARNING, "{0}: cannot accept clients for now: {1}", file.path(), e);
        }
        exhausted = true;
        backOff();
      }
    }
  }

  /** Frees a descriptor if a silent client holds one; accept would fail again at once. */
  private void backOff() {
    connections.dropOldestSilent();
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

  private static byte[] encoded(CredentialRequest request, Supplier<CredentialReply> reply) {
    try {
      return reply.get().encode(request.typed());
    } catch (RuntimeException bug) {
      return internalError(request, bug).encode(request.typed());
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
