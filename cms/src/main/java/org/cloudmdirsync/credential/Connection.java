package org.cloudmdirsync.credential;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.cloudmdirsync.credential.CredentialReply.Kind;
import org.cloudmdirsync.credential.CredentialReply.Refusal;

/**
 * One client, from accept to close, on a thread of its own.
 *
 * <pre>
 *   RECEIVING ── request ended ──▶ ANSWERING ── the reply is there ──▶ SENDING ──▶ closed
 *       │                              │
 *       └── lifetime over: closed      └── lifetime over: a refusal is sent, closed
 * </pre>
 *
 * Whoever moves the state to SENDING, this thread or the sweeper's {@link #check}, writes to the
 * client; nobody else does.
 */
final class Connection {
  static final int LONGEST_REQUEST = 1024;

  /** What is read and dropped after the reply, so that the client gets to read it. */
  private static final int MOST_DISCARDED = 4 << 20;

  private static final int DISCARDED_AT_ONCE = 16 << 10;

  private enum State {
    RECEIVING,
    ANSWERING,
    SENDING
  }

  private final SocketChannel channel;
  private final long accepted;
  private final AtomicReference<State> state = new AtomicReference<>(State.RECEIVING);

  /** What has been received so far, once that makes a request. */
  private volatile Optional<CredentialRequest> request = Optional.empty();

  private volatile long lastReceived;

  Connection(SocketChannel channel, long accepted) {
    this.channel = channel;
    this.accepted = accepted;
    this.lastReceived = accepted;
  }

  /** Serves the client; never throws, since a client that went away is nobody's trouble. */
  void serve(Function<CredentialRequest, byte[]> answers) {
    try (channel) {
      boolean ended = receive();
      if (request.isPresent() && state.compareAndSet(State.RECEIVING, State.ANSWERING)) {
        byte[] reply = answers.apply(request.get());
        if (state.compareAndSet(State.ANSWERING, State.SENDING)) {
          send(reply);
        }
      }
      if (!ended) {
        discardTheRest();
      }
    } catch (IOException clientWentAway) {
      // Also: the sweeper closed the channel under us.
    }
  }

  /**
   * Called every tick by another thread: ends what has lasted long enough.
   *
   * @return whether the connection's life is over
   */
  boolean check(long now, Limits limits) {
    try {
      if (now - accepted >= limits.lifetime().toNanos()) {
        expire();
        return true;
      }
      if (isComplete() && now - lastReceived >= limits.settling().toNanos()) {
        // The reader sees the end of file and answers what it has.
        channel.shutdownInput();
      }
    } catch (IOException clientWentAway) {
      // Its own thread notices too.
    }
    return false;
  }

  /** Whether it has not yet said what it wants, since before that moment. */
  boolean isSilentSince(long moment) {
    return state.get() == State.RECEIVING && accepted - moment < 0;
  }

  long accepted() {
    return accepted;
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Closed is all it was to be.
    }
  }

  private boolean isComplete() {
    return state.get() == State.RECEIVING && request.isPresent();
  }

  private void expire() throws IOException {
    try (channel) {
      if (state.compareAndSet(State.ANSWERING, State.SENDING)) {
        Refusal late =
            new Refusal(
                Kind.TEMPORARILY_UNAVAILABLE,
                "the daemon did not get a token in time",
                Optional.empty());
        // A few hundred bytes always fit into the socket's empty buffer: this does not block.
        send(late.encode(request.orElseThrow().typed()));
      }
    }
  }

  /**
   * Reads until newline, end of file, or more than a request can be, whichever comes first.
   *
   * @return whether the client has nothing more to send
   */
  private boolean receive() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(LONGEST_REQUEST);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        return true;
      }
      int end = newline(buffer);
      boolean ended = end < buffer.position() || !buffer.hasRemaining();
      request =
          CredentialRequest.parse(
              Arrays.copyOf(buffer.array(), end), /* cut= */ end == buffer.capacity());
      if (ended) {
        return false;
      }
      lastReceived = System.nanoTime();
    }
    return false;
  }

  private static int newline(ByteBuffer buffer) {
    int at = 0;
    while (at < buffer.position() && buffer.get(at) != '\n') {
      at++;
    }
    return at;
  }

  /** One write: the original's client reads once and takes what there is. */
  private void send(byte[] reply) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(reply);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Reads on after the reply. Closing with bytes unread makes the system reset the connection, and
   * a client still sending its megabyte would die of that before it reads the reply.
   */
  private void discardTheRest() throws IOException {
    channel.shutdownOutput();
    ByteBuffer discarded = ByteBuffer.allocate(DISCARDED_AT_ONCE);
    for (int total = 0; total < MOST_DISCARDED; total += discarded.position()) {
      if (channel.read(discarded.clear()) < 0) {
        return;
      }
    }
  }
}
