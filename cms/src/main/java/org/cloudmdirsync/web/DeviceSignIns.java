package org.cloudmdirsync.web;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.cloudmdirsync.account.DeviceResult;
import org.cloudmdirsync.account.DeviceSignIn;
import org.cloudmdirsync.account.SignInResult;

/**
 * The sign-ins with a code that were begun on the page, by number: each is waited for by a virtual
 * thread of its own, and its result kept for the page that shows the code.
 */
final class DeviceSignIns implements AutoCloseable {
  /** Whoever reloads in a loop does not fill the memory. */
  private static final int MOST = 50;

  private final Changes changes;
  private final Map<Integer, Begun> byNumber = new LinkedHashMap<>();
  private int last;
  private boolean closed;

  /**
   * One of them.
   *
   * @param result once there is one
   */
  record Begun(String user, DeviceSignIn signIn, Optional<SignInResult> result) {}

  DeviceSignIns(Changes changes) {
    this.changes = changes;
  }

  /** The number of a sign-in of this user that is still waited for. */
  synchronized Optional<Integer> running(String user) {
    return byNumber.entrySet().stream()
        .filter(entry -> entry.getValue().user().equals(user))
        .filter(entry -> entry.getValue().result().isEmpty())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Waits for a sign-in from now on; its number. */
  synchronized int add(String user, DeviceResult.Begun begun) {
    if (closed) {
      begun.signIn().close();
    }
    if (byNumber.size() >= MOST) {
      forgetTheOldest();
    }
    int number = ++last;
    byNumber.put(number, new Begun(user, begun.signIn(), Optional.empty()));
    Thread.ofVirtual().name("device sign-in " + user).start(() -> await(number, begun.signIn()));
    return number;
  }

  private void forgetTheOldest() {
    Iterator<Begun> oldest = byNumber.values().iterator();
    oldest.next().signIn().close();
    oldest.remove();
  }

  /** How it stands; empty if there was none, or it is long ago. */
  synchronized Optional<Begun> get(int number) {
    return Optional.ofNullable(byNumber.get(number));
  }

  private void await(int number, DeviceSignIn signIn) {
    try {
      SignInResult result = signIn.await();
      synchronized (this) {
        byNumber.computeIfPresent(
            number, (_, begun) -> new Begun(begun.user(), signIn, Optional.of(result)));
      }
      changes.signal();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Gives all of them up. */
  @Override
  public synchronized void close() {
    closed = true;
    byNumber.values().forEach(begun -> begun.signIn().close());
  }
}
