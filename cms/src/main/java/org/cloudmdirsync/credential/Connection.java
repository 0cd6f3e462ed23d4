package org.cloudmdirsync.credential;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.cloudmdirsync.credential.CredentialReply.Kind;
import org.cloudmdirsync.credential.CredentialReply.Refusal;
import org.cloudmdirsync.unix.Peer;

/**
 * One client, from accept to close: at once, on the thread that accepted it, if it has said
 * everything and the reply is there; else on a thread of its own.
 *
 * <pre>
 *   RECEIVING ── request ended ──▶ ANSWERING ── the reply is there ──▶ SENDING ──▶ LINGERING ──▶ closed
 *       │                              │
 *       └── lifetime over: closed      └── lifetime over: a refusal is sent, closed
 * </pre>
 *
 * Whoever moves the state to SENDING, its thread or the sweeper's {@link #check}, writes to the
 * client; nobody else does.
 */
final class Connection {
  static final int LONGEST_REQUEST = 1024;

  /** What is read and dropped after the reply, so that the client gets to read it. */
  private static final int MOST_DISCARDED = 4 << 20;

  private static final int DISCARDED_AT_ONCE = 16 << 10;

  /** In bytes; so much always fits into a new socket's buffer, which takes 200 KB. */
  private static final int LONGEST_REPLY_AT_ONCE = 16 << 10;

  private enum State {
    RECEIVING,
    ANSWERING,
    SENDING,
    LINGERING
  }

  /** How a request ends: not yet, with a newline (or its 1024th byte), with the end of file. */
  private enum Input {
    OPEN,
    LINE,
    END
  }

  private final SocketChannel channel;
  private final long accepted;
  private final AtomicReference<State> state = new AtomicReference<>(State.RECEIVING);
  private final ByteBuffer received = ByteBuffer.allocate(LONGEST_REQUEST);
  private Input input = Input.OPEN;

  /** What has been received so far, once that makes a request. */
  private volatile Optional<CredentialRequest> request = Optional.empty();

  /** What it comes to, once that is known but had to be waited for. */
  private Optional<CredentialAnswer> answer = Optional.empty();

  private volatile long lastReceived;

  Connection(SocketChannel channel, long accepted) {
    this.channel = channel;
    this.accepted = accepted;
    this.lastReceived = accepted;
  }

  /**
   * Serves a client that needs no waiting for: one that has sent its request and ended it, as exim
   * and cms-oauth do in one go, and whose reply is ready. That saves two changes of thread, which
   * would cost more than the rest. Never blocks.
   *
   * @return whether it is done; if not, {@link #serve} goes on from here
   */
  boolean serveAtOnce(Answering answering) {
    try {
      channel.configureBlocking(false);
      input = receive();
      if (input == Input.END && isServedAtOnce(answering)) {
        channel.close();
        return true;
      }
      channel.configureBlocking(true);
      return false;
    } catch (IOException clientWentAway) {
      close();
      return true;
    }
  }

  private boolean isServedAtOnce(Answering answering) throws IOException {
    if (request.isEmpty()) {
      return true;
    }
    CredentialAnswer found = answer(answering, request.get());
    if (found instanceof CredentialAnswer.Ready) {
      byte[] reply = answering.bytes(found, request.get());
      if (reply.length <= LONGEST_REPLY_AT_ONCE) {
        send(reply);
        return true;
      }
    }
    answer = Optional.of(found);
    return false;
  }

  /** Serves the client; never throws, since a client that went away is nobody's trouble. */
  void serve(Answering answering) {
    try (channel) {
      if (input == Input.OPEN) {
        input = receive();
      }
      if (request.isPresent() && state.compareAndSet(State.RECEIVING, State.ANSWERING)) {
        CredentialAnswer found =
            answer.isPresent() ? answer.get() : answer(answering, request.get());
        byte[] reply = answering.bytes(found, request.get());
        if (state.compareAndSet(State.ANSWERING, State.SENDING)) {
          send(reply);
        }
      }
      if (input == Input.LINE) {
        state.set(State.LINGERING);
        discardTheRest();
      }
    } catch (IOException clientWentAway) {
      // Also: the sweeper closed the channel under us.
    }
  }

  /** Asked once for each client, since it is counted. */
  private CredentialAnswer answer(Answering answering, CredentialRequest complete)
      throws IOException {
    return answering.answer(Peer.of(channel), complete);
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
      settle(now - limits.settling().toNanos());
    } catch (IOException clientWentAway) {
      // Its own thread notices too.
    }
    return false;
  }

  private void settle(long moment) throws IOException {
    if (isComplete() && lastReceived - moment <= 0) {
      // The reader sees the end of file and answers what it has.
      channel.shutdownInput();
    }
  }

  /** Answers what makes a request of a client that came before that moment: others need room. */
  void hasten(long moment) {
    try {
      if (isComplete() && accepted - moment < 0) {
        channel.shutdownInput();
      }
    } catch (IOException clientWentAway) {
      // Its own thread notices too.
    }
  }

  /**
   * Whether nothing would be lost with it: it has not yet said what it wants, or has its reply; and
   * it came before that moment.
   */
  boolean isIdleSince(long moment) {
    boolean idle =
        switch (state.get()) {
          case RECEIVING -> request.isEmpty();
          case ANSWERING, SENDING -> false;
          case LINGERING -> true;
        };
    return idle && accepted - moment < 0;
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
        send(late.encode(request.orElseThrow()));
      }
    }
  }

  /**
   * Reads until newline, end of file, or more than a request can be, whichever comes first; in
   * non-blocking mode also until there is nothing to read.
   */
  private Input receive() throws IOException {
    while (true) {
      int count = channel.read(received);
      if (count <= 0) {
        return count < 0 ? Input.END : Input.OPEN;
      }
      int end = newline(received);
      request =
          CredentialRequest.parse(
              Arrays.copyOf(received.array(), end), /* cut= */ end == received.capacity());
      if (end < received.position() || !received.hasRemaining()) {
        return Input.LINE;
      }
      lastReceived = System.nanoTime();
    }
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
