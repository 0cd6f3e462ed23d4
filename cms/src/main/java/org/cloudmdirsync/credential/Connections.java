package org.cloudmdirsync.credential;

import static java.util.Comparator.comparingLong;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * The clients being served, how many there may be, and the sweeper that ends overdue ones.
 *
 * <p>A timer for each connection would cost more than serving it; looking through those that are
 * left every 100 ms costs nothing. While there are none the sweeper sleeps.
 */
final class Connections implements AutoCloseable {
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final LongAdder dropped = new LongAdder();
  private final Limits limits;
  private final Thread sweeper;
  private volatile boolean idle;
  private volatile boolean closed;

  Connections(Limits limits) {
    this.limits = limits;
    this.sweeper = Thread.ofPlatform().name("credential-sweeper").daemon().unstarted(this::sweep);
    sweeper.start();
  }

  /** Takes a client in as soon as there is room, showing silent ones the door if need be. */
  void admit(Connection connection) throws InterruptedException {
    try {
      awaitRoom();
    } catch (InterruptedException closing) {
      connection.close();
      throw closing;
    }
    open.add(connection);
    if (idle) {
      LockSupport.unpark(sweeper);
    }
    if (closed) {
      connection.close();
    }
  }

  void remove(Connection connection) {
    open.remove(connection);
  }

  private void awaitRoom() throws InterruptedException {
    while (open.size() >= limits.connections() && !dropOldestIdle()) {
      Thread.sleep(/* well under what a client notices */ 5);
    }
  }

  /**
   * Closes every client that has been idle for long, and answers those who have asked.
   *
   * @return whether there were idle ones
   */
  boolean makeRoom(Duration grace) {
    long moment = System.nanoTime() - grace.toNanos();
    List<Connection> idle = open.stream().filter(client -> client.isIdleSince(moment)).toList();
    idle.forEach(this::drop);
    open.forEach(client -> client.hasten(moment));
    return !idle.isEmpty();
  }

  /** Closes the client that has been idle for longest; false if none has been for long. */
  private boolean dropOldestIdle() {
    long moment = System.nanoTime() - limits.grace().toNanos();
    Optional<Connection> oldest =
        open.stream()
            .filter(client -> client.isIdleSince(moment))
            .min(comparingLong(client -> client.accepted() - moment));
    oldest.ifPresentOrElse(this::drop, () -> open.forEach(client -> client.hasten(moment)));
    return oldest.isPresent();
  }

  private void drop(Connection connection) {
    connection.close();
    if (open.remove(connection)) {
      dropped.increment();
    }
  }

  /** How many were closed before they went. */
  long dropped() {
    return dropped.sum();
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(sweeper);
    open.forEach(Connection::close);
  }

  private void sweep() {
    while (!closed) {
      idle = true;
      // A client added from here on sees the flag and wakes us.
      if (open.isEmpty()) {
        LockSupport.park(this);
      }
      idle = false;
      LockSupport.parkNanos(Limits.TICK.toNanos());
      long now = System.nanoTime();
      open.stream().filter(connection -> connection.check(now, limits)).forEach(this::drop);
    }
  }
}
