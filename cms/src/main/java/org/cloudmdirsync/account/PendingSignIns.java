package org.cloudmdirsync.account;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.cloudmdirsync.account.Admission.Attempt;
import org.cloudmdirsync.oauth.AuthorizationRequest;

/** The sign-ins that were begun, each under its state: good once, and not for long. */
final class PendingSignIns {
  /** As long as an authorization code lives with most providers. */
  static final Duration LIFE = Duration.ofMinutes(10);

  /** Whoever reloads the page in a loop does not fill the memory. */
  private static final int MOST = 1_000;

  private final Map<String, Pending> byState = new LinkedHashMap<>();

  /** One of them. */
  record Pending(Attempt attempt, AuthorizationRequest request, Moment expiry) {}

  synchronized void add(Pending pending, Moment now) {
    byState.values().removeIf(old -> old.expiry().reached(now));
    if (byState.size() >= MOST) {
      byState.remove(byState.keySet().iterator().next());
    }
    byState.put(pending.request().state(), pending);
  }

  /** The sign-in a callback answers; nobody gets it twice. */
  synchronized Optional<Pending> take(String state, Moment now) {
    return Optional.ofNullable(byState.remove(state))
        .filter(pending -> !pending.expiry().reached(now));
  }
}
