package org.cloudmdirsync.audit;

import static java.util.Comparator.comparing;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.cloudmdirsync.account.AccountEvent;
import org.cloudmdirsync.account.AccountStatus;
import org.cloudmdirsync.account.AccountStatus.Condition;
import org.cloudmdirsync.account.Accounts;
import org.cloudmdirsync.audit.Audit.Counted;
import org.cloudmdirsync.event.EventFacts;
import org.cloudmdirsync.log.LogQueue;

/**
 * The daemon in figures, in Prometheus' text form. The names are part of cloud-mdir-sync(1), so
 * they stay.
 */
public final class Metrics implements Consumer<AccountEvent> {
  private final Accounts accounts;
  private final Audit audit;
  private final LogQueue log;
  private final Supplier<Map<Path, Long>> dropped;
  private final InstantSource clock;
  private final Map<Event, LongAdder> events = new ConcurrentHashMap<>();

  /** What happened to an account. */
  private record Event(String account, String name) {}

  /**
   * Counts events from now on; everything else is asked when the figures are.
   *
   * @param dropped clients that were closed before they went, by socket
   */
  public Metrics(
      Accounts accounts,
      Audit audit,
      LogQueue log,
      Supplier<Map<Path, Long>> dropped,
      InstantSource clock) {
    this.accounts = accounts;
    this.audit = audit;
    this.log = log;
    this.dropped = dropped;
    this.clock = clock;
  }

  @Override
  public void accept(AccountEvent event) {
    events
        .computeIfAbsent(
            new Event(event.account().user(), EventFacts.name(event)), _ -> new LongAdder())
        .increment();
  }

  /** All of it. */
  public String text() {
    MetricsText text = new MetricsText();
    answers(text);
    text.counter(
        "cms_connections_dropped_total",
        "Clients that were closed to make room, or because their time was over.");
    dropped.get().forEach((socket, count) -> text.sample(count, "socket", socket.toString()));
    text.counter("cms_log_lines_lost_total", "Lines that the log did not take in time.");
    text.sample(log.lost());
    text.counter("cms_account_events_total", "Changes of an account's state, and fresh tokens.");
    events.forEach((event, count) ->
        text.sample(count.sum(), "account", event.account(), "event", event.name()));
    states(text);
    return text.toString();
  }

  private void answers(MetricsText text) {
    text.counter("cms_answers_total", "Answers on a credential socket.");
    audit.counts().entrySet().stream()
        .sorted(comparing(entry -> entry.getKey().toString()))
        .forEach(entry -> {
          Counted counted = entry.getKey();
          text.sample(
              entry.getValue(),
              "socket",
              counted.socket().toString(),
              "protocol",
              counted.protocol(),
              "outcome",
              counted.outcome());
        });
  }

  private void states(MetricsText text) {
    text.gauge("cms_account_state", "1 for the state an account is in, 0 for the others.");
    for (AccountStatus status : accounts.status()) {
      for (Condition condition : Condition.values()) {
        text.sample(
            status.condition() == condition ? 1 : 0,
            "account",
            status.account().user(),
            "state",
            condition.word());
      }
    }
    text.gauge("cms_token_seconds_left", "How long the access token at hand is good for.");
    for (AccountStatus status : accounts.status()) {
      status
          .expiry()
          .ifPresent(expiry ->
              text.sample(
                  Math.max(0, Duration.between(clock.instant(), expiry).toSeconds()),
                  "account",
                  status.account().user()));
    }
  }
}
