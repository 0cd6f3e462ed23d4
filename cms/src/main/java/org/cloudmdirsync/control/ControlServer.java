package org.cloudmdirsync.control;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cloudmdirsync.unix.SocketFile;

/** Takes commands on the control socket until it is closed. */
public final class ControlServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ControlServer.class.getName());

  /** A person has few terminals, and a bar asks once a second. */
  private static final int MOST_CONNECTIONS = 64;

  /** Nobody is turned away within this time, however many there are. */
  private static final Duration GRACE = Duration.ofMillis(250);

  /** How often overdue clients are looked for. */
  private static final Duration TICK = Duration.ofMillis(500);

  private final SocketFile file;
  private final Commands commands;
  private final Set<ControlConnection> open = ConcurrentHashMap.newKeySet();
  private final Thread acceptor;
  private final Thread sweeper;

  /** What there is to ask. */
  public interface Commands {

    /**
     * Answers one request, on a thread of its own.
     *
     * @throws IOException when the caller has gone
     */
    void run(Message request, Caller caller) throws IOException, InterruptedException;
  }

  private ControlServer(SocketFile file, Commands commands) {
    this.file = file;
    this.commands = commands;
    this.acceptor = Thread.ofVirtual().name("control " + file.path()).unstarted(this::acceptAll);
    this.sweeper = Thread.ofVirtual().name("control sweeper").unstarted(this::sweep);
  }

  /**
   * Takes the socket that belongs to a configuration, and starts to answer.
   *
   * @throws org.cloudmdirsync.unix.SocketInUse if another daemon has it
   * @throws IOException whose message says what to do
   */
  public static ControlServer open(
      Path configuration, Map<String, String> environment, Commands commands) throws IOException {
    return open(ControlSocket.forDaemon(configuration, environment), commands);
  }

  static ControlServer open(Path path, Commands commands) throws IOException {
    ControlSocket.prepare(Objects.requireNonNull(path.getParent()));
    ControlServer server = new ControlServer(SocketFile.claim(path, 0600), commands);
    server.acceptor.start();
    return server;
  }

  private void acceptAll() {
    while (file.listener().isOpen()) {
      try {
        awaitRoom();
        admit(file.listener().accept());
      } catch (IOException closed) {
        // While there are no descriptors accept fails at once, over and over.
        LOG.log(Level.DEBUG, "control socket: " + closed);
        pause(TICK);
      }
    }
  }

  /** Callers wait in the system's queue meanwhile; the silent make room for them. */
  private void awaitRoom() {
    while (open.size() >= MOST_CONNECTIONS && file.listener().isOpen()) {
      open.forEach(connection -> connection.closeIfWaitingFor(GRACE));
      pause(/* well under what a caller notices */ Duration.ofMillis(10));
    }
  }

  private void pause(Duration span) {
    try {
      Thread.sleep(span);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void admit(SocketChannel channel) {
    ControlConnection connection = new ControlConnection(channel);
    open.add(connection);
    if (sweeper.getState() == Thread.State.NEW) {
      sweeper.start();
    }
    Thread.ofVirtual()
        .name("control request")
        .start(() -> {
          try {
            connection.serve(commands);
          } finally {
            open.remove(connection);
          }
        });
  }

  /** Runs from the first request on; until then a daemon that nobody asks does not wake for it. */
  private void sweep() {
    while (file.listener().isOpen()) {
      pause(TICK);
      open.forEach(connection -> connection.closeIfWaitingFor(ControlConnection.PATIENCE));
    }
  }

  /** Takes no more commands; what is being done for one is finished first. */
  @Override
  public void close() throws IOException {
    file.release();
    acceptor.interrupt();
    sweeper.interrupt();
    open.forEach(ControlConnection::giveUp);
    long deadline = System.nanoTime() + ControlConnection.LONGEST_END.toNanos();
    while (!open.isEmpty() && System.nanoTime() < deadline) {
      try {
        Thread.sleep(/* nobody notices */ 5);
      } catch (InterruptedException hurry) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
