package org.cloudmdirsync.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often what happened, by name: {@code token}, {@code refreshes}, {@code mails}…
 *
 * <p>Names are listed in docs/simulator.md.
 */
public final class Counters {
  private final Map<String, Integer> values = new TreeMap<>();

  Counters() {}

  synchronized void count(String name) {
    values.merge(name, 1, Integer::sum);
    notifyAll();
  }

  /** How often so far; zero for what never happened. */
  public synchronized int get(String name) {
    return values.getOrDefault(name, 0);
  }

  /** Everything that happened at least once. */
  public synchronized Map<String, Integer> all() {
    return new TreeMap<>(values);
  }

  /** Forgets it all. */
  public synchronized void reset() {
    values.clear();
  }

  /** Waits until something has happened so often; false when it has not within the patience. */
  public synchronized boolean await(String name, int times, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (get(name) < times) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }
}
