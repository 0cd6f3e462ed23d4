package org.cloudmdirsync.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One caller, from accept to close. */
final class ControlConnection implements Caller {
  private static final System.Logger LOG = System.getLogger(ControlConnection.class.getName());

  private static final Message GREETING =
      Message.of("daemon", "cloud-mdir-sync")
          .with("protocol", 1)
          .with("pid", ProcessHandle.current().pid());

  /** In bytes: an address that a browser ended on, pasted, and some. */
  static final int LONGEST_REQUEST = 16 << 10;

  /** For the whole request, and for one line of the reply. */
  static final Duration PATIENCE = Duration.ofSeconds(4);

  /** What a command may still need when the daemon stops: a request to a provider. */
  static final Duration LONGEST_END = Duration.ofSeconds(30);

  private final SocketChannel channel;
  private final AtomicReference<Optional<Long>> waitingSince =
      new AtomicReference<>(Optional.of(System.nanoTime()));
  private final AtomicReference<Optional<Runnable>> gone =
      new AtomicReference<>(Optional.of(ControlConnection::nothingToStop));

  ControlConnection(SocketChannel channel) {
    this.channel = channel;
  }

  void serve(ControlServer.Commands commands) {
    try (channel) {
      Optional<Message> request = receive();
      send(GREETING);
      if (request.isEmpty()) {
        send(Message.error("usage", "not a request: one JSON object on one line of 16 KiB"));
        return;
      }
      Thread.ofVirtual().name("control hang-up").start(this::awaitEnd);
      commands.run(request.get(), this);
    } catch (IOException callerWentAway) {
      // Nobody is left to be told.
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException bug) {
      LOG.log(Level.ERROR, "a bug in answering a command; please report it", bug);
    } finally {
      giveUp();
    }
  }

  @Override
  public void send(Message line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line.encode() + "\n").getBytes(UTF_8));
    waitingSince.set(Optional.of(System.nanoTime()));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    waitingSince.set(Optional.empty());
  }

  @Override
  public void whenGone(Runnable action) {
    Optional<Runnable> before = gone.getAndUpdate(known -> known.map(_ -> action));
    if (before.isEmpty()) {
      action.run();
    }
  }

  /** Closes the connection, and stops what is done for it. */
  void giveUp() {
    try {
      channel.close();
    } catch (IOException e) {
      // Closed is all it was to be.
    }
    hangUp();
  }

  private void hangUp() {
    gone.getAndSet(Optional.empty()).ifPresent(Runnable::run);
  }

  /** Who neither asks nor reads keeps no place that somebody else could have. */
  void closeIfWaitingFor(Duration limit) {
    long now = System.nanoTime();
    if (waitingSince.get().filter(since -> now - since > limit.toNanos()).isPresent()) {
      giveUp();
    }
  }

  /** Until the first newline; what comes after it is nothing to us. */
  private Optional<Message> receive() throws IOException {
    ByteBuffer received = ByteBuffer.allocate(LONGEST_REQUEST);
    while (received.hasRemaining()) {
      int start = received.position();
      if (channel.read(received) < 0) {
        return Optional.empty();
      }
      for (int at = start; at < received.position(); at++) {
        if (received.get(at) == '\n') {
          waitingSince.set(Optional.empty());
          return Message.parse(new String(received.array(), 0, at, UTF_8));
        }
      }
    }
    return Optional.empty();
  }

  private static void nothingToStop() {
    // The command is over as soon as it tries to send.
  }

  private void awaitEnd() {
    ByteBuffer ignored = ByteBuffer.allocate(1024);
    try {
      while (channel.read(ignored.clear()) >= 0) {
        // Whatever is said after the request.
      }
    } catch (IOException closed) {
      // That is an end, too.
    }
    // Not closed: an end of what it says is all that some callers have, and they wait for a reply.
    hangUp();
  }
}
