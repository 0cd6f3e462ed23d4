package org.cloudmdirsync.event;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.cloudmdirsync.account.AccountEvent;

/**
 * Hands every event of the accounts to everybody who wants to hear of them, in the order in which
 * they happen to one account.
 */
public final class Events implements Consumer<AccountEvent> {
  private static final System.Logger LOG = System.getLogger(Events.class.getName());

  private final List<Consumer<AccountEvent>> listeners = new CopyOnWriteArrayList<>();

  /** Nobody listens yet. */
  public Events() {}

  /**
   * Adds a listener, until what is returned is closed.
   *
   * @param listener called on the accounts' own threads; must not block
   */
  public Subscription subscribe(Consumer<AccountEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Ended by closing it. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  @Override
  public void accept(AccountEvent event) {
    for (Consumer<AccountEvent> listener : listeners) {
      try {
        listener.accept(event);
      } catch (RuntimeException bug) {
        LOG.log(Level.ERROR, "a bug in " + listener.getClass().getSimpleName(), bug);
      }
    }
  }
}
