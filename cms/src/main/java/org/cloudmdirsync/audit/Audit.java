package org.cloudmdirsync.audit;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.cloudmdirsync.credential.CredentialRequest;
import org.cloudmdirsync.log.LogQueue;
import org.cloudmdirsync.unix.Peer;

/**
 * Who was answered what: counted always, and told to the log, a user's first answer of a kind at
 * once, and how many more there were when an interval is over.
 *
 * <p>Called on the threads that accept clients; for all but those first answers it does no more
 * than look into a map.
 */
public final class Audit implements AutoCloseable {
  /** Kinds of answers within an interval; who asks in more ways than that has a bad purpose. */
  private static final int MOST_TALLIES = 2_000;

  private final LogQueue log;
  private final UserNames names;
  private final Map<Kind, Tally> tallies = new ConcurrentHashMap<>();
  private final Map<Counted, AtomicLong> counters = new ConcurrentHashMap<>();
  private final Map<Served, AtomicReference<Tally>> last = new ConcurrentHashMap<>();
  private final AtomicBoolean summing = new AtomicBoolean();
  private volatile Duration interval = Duration.ZERO;

  /**
   * Nobody has asked yet.
   *
   * @param ourUser the daemon's own
   */
  public Audit(LogQueue log, int ourUser) {
    this.log = log;
    this.names = new UserNames(ourUser);
  }

  /** Answers that differ in nothing but the moment and the process. */
  private record Kind(Path socket, int uid, String account, String protocol, String outcome) {}

  /** What is counted together. */
  record Counted(Path socket, String protocol, String outcome) {}

  /** A socket and an account that it serves. */
  private record Served(Path socket, String account) {}

  /** How long alike answers share a line; zero for a line for each. */
  public void every(Duration duration) {
    interval = duration;
  }

  /**
   * An answer is about to leave.
   *
   * @param outcome {@code token}, or why there is none
   * @param served whether account and protocol are the configuration's; otherwise they are whatever
   *     the client said, and there may be any number of them
   */
  public void answered(
      Path socket, Peer peer, CredentialRequest request, String outcome, boolean served) {
    String account = served ? request.user() : "";
    String protocol = served ? request.protocol() : "";
    Kind kind = new Kind(socket, peer.uid(), account, protocol, outcome);
    Tally tally = tallies.get(kind);
    if (tally == null || !tally.again()) {
      tally = first(kind, peer, request);
    }
    tally.count();
  }

  private Tally first(Kind kind, Peer peer, CredentialRequest request) {
    AuditLine line = AuditLine.of(kind.socket(), peer, request, kind.outcome());
    Counted counted = new Counted(kind.socket(), kind.protocol(), kind.outcome());
    Tally fresh =
        new Tally(
            line,
            counters.computeIfAbsent(counted, _ -> new AtomicLong()),
            last.computeIfAbsent(
                new Served(kind.socket(), kind.account()), _ -> new AtomicReference<>()));
    Tally current = interval.isZero() ? fresh : begin(kind, fresh);
    if (current == fresh) {
      log.log(Level.INFO, () -> line.first(names));
    }
    return current;
  }

  /** The tally that counts from now on: this one, unless another thread was faster. */
  private Tally begin(Kind kind, Tally fresh) {
    if (tallies.size() >= MOST_TALLIES) {
      return fresh;
    }
    Tally current =
        tallies.compute(kind, (_, before) -> before != null && before.again() ? before : fresh);
    // Afterwards: who sums at the moment may not find it any more.
    if (summing.compareAndSet(false, true)) {
      Thread.ofVirtual().name("audit").start(this::sumLater);
    }
    return Objects.requireNonNull(current);
  }

  private void sumLater() {
    try {
      Thread.sleep(interval);
      summing.set(false);
      sum();
    } catch (InterruptedException neverHappens) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends an interval: what was asked more than once is said. */
  private void sum() {
    tallies.forEach((kind, tally) -> {
      tallies.remove(kind, tally);
      int more = tally.end();
      if (more > 0) {
        log.log(Level.INFO, () -> tally.line().again(names, more));
      }
    });
  }

  /** How many answers there were, since the start. */
  Map<Counted, Long> counts() {
    Map<Counted, Long> counts = new HashMap<>();
    counters.forEach((counted, count) -> counts.put(counted, count.get()));
    return counts;
  }

  /** Who asked last for an account on a socket, and with which outcome. */
  public Optional<LastAnswer> last(Path socket, String account) {
    return Optional.ofNullable(last.get(new Served(socket, account)))
        .map(AtomicReference::get)
        .map(tally -> tally.lastAnswer(names));
  }

  @Override
  public void close() {
    sum();
  }
}
