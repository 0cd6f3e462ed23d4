package org.cloudmdirsync.account;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.cloudmdirsync.secret.Validity;

/** Says ahead which sign-ins lapse. It belongs to one thread, and remembers what it said. */
final class Nudges {
  private final NudgeHours hours;
  private final Consumer<AccountEvent> events;
  private final Map<Account, Instant> said = new HashMap<>();

  Nudges(NudgeHours hours, Consumer<AccountEvent> events) {
    this.hours = hours;
    this.events = events;
  }

  /** To be called now and then: more often than once an hour. */
  void look(Collection<TokenKeeper> keepers, Instant now) {
    for (TokenKeeper keeper : keepers) {
      Account account = keeper.account();
      Optional<Validity> validity = keeper.validity();
      if (validity.isPresent()
          && Forecast.due(validity.get(), Optional.ofNullable(said.get(account)), now, hours)) {
        said.put(account, now);
        events.accept(new AccountEvent.SignInLapses(account, validity.get().until()));
      }
    }
  }
}
