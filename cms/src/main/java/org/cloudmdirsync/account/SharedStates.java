package org.cloudmdirsync.account;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.cloudmdirsync.account.TokenState.Settled;
import org.cloudmdirsync.account.TokenStates.Flight;

/**
 * One account's {@link TokenStates} for all threads, and who waits for them: clients until there is
 * a token, the account's loop until something is due.
 *
 * <p>{@link #lock} guards the states and {@link #closed}. Whoever changes them says so: {@link
 * #work} to the loop, when something may have come due, and {@link #answers} to clients, when
 * theirs may be another one. No request, file or event can be reached from here, so the lock is
 * never held over one; and nothing is decided here.
 */
final class SharedStates {
  private final TokenStates states;
  private final Clocks clocks;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition answers = lock.newCondition();
  private boolean closed;

  SharedStates(TokenStates states, Clocks clocks) {
    this.states = states;
    this.clocks = clocks;
  }

  /** They never change, so this one takes no lock. */
  List<Resource> resources() {
    return states.resources();
  }

  /** A token that is good, if there is one; never waits. */
  Optional<TokenAnswer.Token> held(Resource resource) {
    lock.lock();
    try {
      return states.served(resource, clocks.now());
    } finally {
      lock.unlock();
    }
  }

  /** A token, waited for as long as one may come within a caller's patience. */
  TokenAnswer token(Resource resource, Duration patience) {
    lock.lock();
    try {
      Optional<TokenAnswer.Token> held = states.served(resource, clocks.now());
      return held.isPresent() ? held.get() : comingToken(resource, patience.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new TokenAnswer.Unavailable("interrupted");
    } finally {
      lock.unlock();
    }
  }

  private TokenAnswer comingToken(Resource resource, long patience) throws InterruptedException {
    // Even if somebody asked before: the machine may have slept since, unnoticed by the loop.
    states.ask(resource);
    work.signalAll();
    long nanos = patience;
    while (!closed && nanos > 0 && states.mayCome(resource, nanos, clocks.now())) {
      nanos = answers.awaitNanos(nanos);
      Optional<TokenAnswer.Token> come = states.served(resource, clocks.now());
      if (come.isPresent()) {
        return come.get();
      }
    }
    return states.answerWithout(resource);
  }

  /** A mail server refused the token with this tail; false when that changes nothing. */
  boolean refusedByServer(Resource resource, String tail) {
    lock.lock();
    try {
      boolean dropped = states.refusedByServer(resource, tail, clocks.now());
      if (dropped) {
        work.signalAll();
      }
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /** How the account stands. */
  AccountStatus status() {
    lock.lock();
    try {
      return states.status(clocks.now());
    } finally {
      lock.unlock();
    }
  }

  /** What waits for better times is due now. */
  void wake() {
    lock.lock();
    try {
      states.change(state -> Lifecycle.wake(state, clocks.now()));
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Everything is due now; how the account stands when that is over, or the caller's patience. */
  AccountStatus refresh(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      states.change(state -> Lifecycle.hurry(state, clocks.now()));
      work.signalAll();
      long nanos = patience.toNanos();
      while (!closed && nanos > 0 && states.busy(clocks.now())) {
        nanos = answers.awaitNanos(nanos);
      }
      return states.status(clocks.now());
    } finally {
      lock.unlock();
    }
  }

  /** Until something is due; false when the loop is to end. */
  boolean awaitWork() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        Moment now = clocks.now();
        Optional<Moment> next = states.nextWakeup(now);
        if (next.isEmpty()) {
          work.await();
        } else if (next.get().reached(now)) {
          return true;
        } else {
          work.awaitNanos(next.get().untilFrom(now).toNanos());
        }
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** When something is due next. */
  Optional<Moment> nextWakeup() {
    lock.lock();
    try {
      return states.nextWakeup(clocks.now());
    } finally {
      lock.unlock();
    }
  }

  /** The request to make now, if one is due. */
  Optional<Flight> takeOff() {
    lock.lock();
    try {
      return states.takeOff(clocks.now());
    } finally {
      lock.unlock();
    }
  }

  /** Takes the answer in; returns what is new. */
  List<AccountEvent> land(Flight flight, Outcome outcome, double dice) {
    lock.lock();
    try {
      List<AccountEvent> news = states.land(flight, outcome, clocks.now(), dice);
      answers.signalAll();
      return news;
    } finally {
      lock.unlock();
    }
  }

  boolean refusedEverywhere() {
    lock.lock();
    try {
      return states.refusedEverywhere();
    } finally {
      lock.unlock();
    }
  }

  /** Starts anew after a sign-in; returns what is new. */
  List<AccountEvent> restart(Map<Resource, Settled> known) {
    lock.lock();
    try {
      List<AccountEvent> news = states.restart(clocks.now(), known);
      work.signalAll();
      answers.signalAll();
      return news;
    } finally {
      lock.unlock();
    }
  }

  /** A person signed out. */
  void signedOut() {
    lock.lock();
    try {
      states.signedOut(clocks.now());
      answers.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What the next authorization request must say beside the usual. */
  Map<String, String> challenge() {
    lock.lock();
    try {
      return states.challenge();
    } finally {
      lock.unlock();
    }
  }

  /** Sends everybody home who waits. */
  void close() {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
      answers.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
