package org.cloudmdirsync.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What happened, newest last; tokens appear as hashes. The oldest entries are forgotten. */
public final class Journal {
  private static final int ENTRIES = 1000;
  private final Deque<Entry> entries = new ArrayDeque<>();

  /** One thing that happened: {@code authorize}, {@code token} or {@code authentication}. */
  public record Entry(String kind, Map<String, String> details) {}

  Journal() {}

  synchronized void add(String kind, Map<String, String> details) {
    entries.add(new Entry(kind, new LinkedHashMap<>(details)));
    while (entries.size() > ENTRIES) {
      entries.remove();
    }
  }

  /** How a client answered an error challenge: a failed log-in must be acknowledged. */
  void acknowledgement(String protocol, String line) {
    String shown = line.isEmpty() || line.length() <= 4 ? line : "something longer";
    add("acknowledgement", Map.of("protocol", protocol, "line", shown));
  }

  /** Those of one kind. */
  public synchronized List<Entry> of(String kind) {
    return entries.stream().filter(e -> e.kind().equals(kind)).toList();
  }

  /** All of them. */
  public synchronized List<Entry> all() {
    return List.copyOf(entries);
  }
}
