package org.cloudmdirsync.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What goes wrong next, by place: a queue of single faults, and behind it a standing one.
 *
 * @param <F> {@link HttpFault} or {@link MailFault}
 */
public final class Faults<F> {
  private final Map<String, Deque<F>> queues = new HashMap<>();
  private final Map<String, F> standing = new HashMap<>();

  Faults() {}

  /** The next request there gets this; several calls queue up. */
  public synchronized void next(String place, F fault) {
    queues.computeIfAbsent(place, _ -> new ArrayDeque<>()).add(fault);
  }

  /** Every request there gets this until {@link #clear}. */
  public synchronized void always(String place, F fault) {
    standing.put(place, fault);
  }

  /** All is well again. */
  public synchronized void clear() {
    queues.clear();
    standing.clear();
  }

  /** Takes what is due at the first of these places that has anything. */
  synchronized Optional<F> take(List<String> places) {
    return places.stream().flatMap(place -> take(place).stream()).findFirst();
  }

  private Optional<F> take(String place) {
    Deque<F> queue = queues.getOrDefault(place, new ArrayDeque<>());
    return Optional.ofNullable(queue.poll()).or(() -> Optional.ofNullable(standing.get(place)));
  }

  /** What is pending, for people. */
  synchronized Map<String, Object> pending() {
    Map<String, Object> all = new TreeMap<>();
    queues.forEach((place, queue) -> all.put(place, queue.stream().map(Object::toString).toList()));
    standing.forEach((place, fault) -> all.put(place + " (always)", fault.toString()));
    return all;
  }
}
