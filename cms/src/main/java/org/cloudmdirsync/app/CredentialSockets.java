package org.cloudmdirsync.app;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.cloudmdirsync.config.Configuration.CredentialSocket;
import org.cloudmdirsync.credential.CredentialAnswer;
import org.cloudmdirsync.credential.CredentialRequest;
import org.cloudmdirsync.credential.CredentialServer;
import org.cloudmdirsync.unix.Peer;
import org.cloudmdirsync.unix.SocketFile;
import org.jspecify.annotations.Nullable;

/**
 * The credential sockets that are open. A socket whose path stays is not closed by a reload: what
 * it answers changes from one request to the next. Unless fewer may connect from then on: those who
 * have connected already are hung up on.
 */
final class CredentialSockets implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CredentialSockets.class.getName());

  private final Map<Path, Open> open = new LinkedHashMap<>();
  private boolean closed;

  /** One of them. */
  private record Open(CredentialSocket socket, Answers answers, CredentialServer server) {}

  /** What a socket answers at the moment. */
  private static final class Answers
      implements BiFunction<Peer, CredentialRequest, CredentialAnswer> {
    private volatile CredentialAnswers current;

    Answers(CredentialAnswers first) {
      this.current = first;
    }

    @Override
    public CredentialAnswer apply(Peer peer, CredentialRequest request) {
      return current.apply(peer, request);
    }
  }

  /**
   * Opens those that are not open yet.
   *
   * @throws IOException when one cannot be; then all is as before
   */
  synchronized void open(
      List<CredentialSocket> wanted, Function<CredentialSocket, CredentialAnswers> answers)
      throws IOException {
    if (closed) {
      throw new IOException("the daemon is stopping");
    }
    Map<Path, Open> opened = new LinkedHashMap<>();
    try {
      for (CredentialSocket socket : wanted) {
        if (!open.containsKey(socket.path())) {
          opened.put(socket.path(), open(socket, new Answers(answers.apply(socket))));
        }
      }
    } catch (IOException failed) {
      opened.values().forEach(CredentialSockets::close);
      throw failed;
    }
    open.putAll(opened);
  }

  private static Open open(CredentialSocket socket, Answers answers) throws IOException {
    Open opened =
        new Open(socket, answers, CredentialServer.open(socket.path(), socket.mode(), answers));
    LOG.log(Level.INFO, "serving " + description(socket));
    return opened;
  }

  /** Has those that were open before serve what is wanted now, and closes the others. */
  synchronized void change(
      List<CredentialSocket> wanted, Function<CredentialSocket, CredentialAnswers> answers) {
    Map<Path, Open> left = new LinkedHashMap<>(open);
    for (CredentialSocket socket : wanted) {
      left.remove(socket.path());
      open.computeIfPresent(socket.path(), (_, before) -> changed(before, socket, answers));
    }
    open.keySet().removeAll(left.keySet());
    left.values().forEach(CredentialSockets::close);
  }

  /** Null if it is served no more. */
  private static @Nullable Open changed(
      Open before, CredentialSocket socket, Function<CredentialSocket, CredentialAnswers> answers) {
    if (isNarrower(socket, before.socket()) && before.server().closesItsPath()) {
      return reopened(before, socket, new Answers(answers.apply(socket)));
    }
    before.answers().current = answers.apply(socket);
    if (!socket.equals(before.socket())) {
      LOG.log(Level.INFO, "serving " + description(socket));
    }
    if (socket.mode() != before.socket().mode()) {
      setMode(socket);
    }
    return new Open(socket, before.answers(), before.server());
  }

  /** Whether somebody may have connected who could not do so now. */
  private static boolean isNarrower(CredentialSocket now, CredentialSocket before) {
    boolean unchecked = before.allowed().isPresent() && now.allowed().isEmpty();
    return unchecked || (before.mode() & ~now.mode()) != 0;
  }

  private static @Nullable Open reopened(Open before, CredentialSocket socket, Answers answers) {
    close(before);
    try {
      return open(socket, answers);
    } catch (IOException failed) {
      LOG.log(Level.WARNING, "serving " + socket.path() + " no more: " + failed.getMessage());
      return null;
    }
  }

  private static void setMode(CredentialSocket socket) {
    try {
      Files.setPosixFilePermissions(socket.path(), SocketFile.permissions(socket.mode()));
    } catch (IOException failed) {
      LOG.log(Level.WARNING, "cannot change the mode of " + socket.path() + ": " + failed);
    }
  }

  /** How many clients of each were closed before they went. */
  synchronized Map<Path, Long> dropped() {
    Map<Path, Long> dropped = new LinkedHashMap<>();
    open.forEach((path, one) -> dropped.put(path, one.server().dropped()));
    return dropped;
  }

  private static String description(CredentialSocket socket) {
    return "%s for %s on %s"
        .formatted(
            socket.protocols(),
            socket.accounts().stream().map(account -> account.user()).toList(),
            socket.path());
  }

  private static void close(Open one) {
    try {
      one.server().close();
    } catch (IOException failed) {
      LOG.log(Level.WARNING, "stopping: " + failed.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    open.values().forEach(CredentialSockets::close);
    open.clear();
  }
}
