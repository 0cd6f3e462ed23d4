package org.cloudmdirsync.event;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.cloudmdirsync.account.AccountEvent;

/**
 * Tells the person at the desktop when they are needed: once, again every few hours while that
 * lasts, in place of the earlier notification; and takes it back when it is over.
 */
public final class Notifications implements Consumer<AccountEvent>, AutoCloseable {
  /** A morning's and an afternoon's, for somebody who was not there at the first. */
  private static final Duration REPEAT = Duration.ofHours(4);

  private final Desktop desktop;
  private final Supplier<URI> page;
  private final Duration repeat;
  private final BlockingQueue<AccountEvent> news = new LinkedBlockingQueue<>();
  private final AtomicBoolean started = new AtomicBoolean();
  private final Thread teller = Thread.ofVirtual().name("notifications").unstarted(this::tellAll);

  /** What is on the screen; the teller's own. */
  private final Map<String, Shown> shown = new HashMap<>();

  private record Shown(Desktop.Notification notification, long id, long since) {}

  /**
   * Prepares; the first event that concerns a person starts the thread.
   *
   * @param page where to sign in
   * @param environment leads to the desktop
   */
  public Notifications(Supplier<URI> page, Map<String, String> environment) {
    this(new Desktop(environment), page, REPEAT);
  }

  Notifications(Desktop desktop, Supplier<URI> page, Duration repeat) {
    this.desktop = desktop;
    this.page = page;
    this.repeat = repeat;
  }

  @Override
  public void accept(AccountEvent event) {
    if (!concernsAPerson(event) || !desktop.isThere()) {
      return;
    }
    if (started.compareAndSet(false, true)) {
      teller.start();
    }
    news.add(event);
  }

  private static boolean concernsAPerson(AccountEvent event) {
    return switch (event) {
      case AccountEvent.SignInNeeded _,
          AccountEvent.SignInLapses _,
          AccountEvent.Problem _,
          AccountEvent.NotStored _,
          AccountEvent.SignedIn _,
          AccountEvent.SignedOut _,
          AccountEvent.Recovered _,
          AccountEvent.Retired _ ->
          true;
      case AccountEvent.TokenObtained _,
          AccountEvent.TokenRefused _,
          AccountEvent.Unreachable _,
          AccountEvent.IdentityUnverified _ ->
          false;
    };
  }

  private void tellAll() {
    try {
      while (true) {
        AccountEvent event = news.poll(repeat.toMillis(), TimeUnit.MILLISECONDS);
        if (event != null) {
          tell(event);
        }
        repeatOld();
      }
    } catch (InterruptedException closing) {
      shown.values().forEach(old -> desktop.takeBack(old.id()));
    }
  }

  private void tell(AccountEvent event) {
    String user = event.account().user();
    Optional<Desktop.Notification> notification = notification(event);
    Optional<Shown> before = Optional.ofNullable(shown.remove(user));
    if (notification.isPresent()) {
      show(user, notification.get(), before.map(Shown::id).orElse(0L));
    } else {
      before.ifPresent(old -> desktop.takeBack(old.id()));
    }
  }

  private void repeatOld() {
    long now = System.nanoTime();
    Iterator<Map.Entry<String, Shown>> all = Map.copyOf(shown).entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, Shown> each = all.next();
      if (now - each.getValue().since() >= repeat.toNanos()) {
        show(each.getKey(), each.getValue().notification(), each.getValue().id());
      }
    }
  }

  private void show(String user, Desktop.Notification notification, long before) {
    long id = desktop.show(notification, before);
    shown.put(user, new Shown(notification, id, System.nanoTime()));
  }

  private Optional<Desktop.Notification> notification(AccountEvent event) {
    return switch (event) {
      case AccountEvent.SignInNeeded(var account, var reason) ->
          Optional.of(
              new Desktop.Notification(
                  "Sign in to " + account.user(), "%s\n%s".formatted(page.get(), reason)));
      case AccountEvent.SignInLapses(var account, var when) ->
          Optional.of(
              new Desktop.Notification(
                  "Sign in to " + account.user() + " soon",
                  "%s\nThe sign-in lapses at %s.".formatted(page.get(), EventFacts.time(when))));
      case AccountEvent.Problem(var account, var reason) ->
          Optional.of(new Desktop.Notification("A problem with " + account.user(), reason));
      case AccountEvent.NotStored(var account, var reason) ->
          Optional.of(new Desktop.Notification("A problem with " + account.user(), reason));
      case AccountEvent.SignedIn _,
          AccountEvent.SignedOut _,
          AccountEvent.Recovered _,
          AccountEvent.Retired _,
          AccountEvent.TokenObtained _,
          AccountEvent.TokenRefused _,
          AccountEvent.Unreachable _,
          AccountEvent.IdentityUnverified _ ->
          Optional.empty();
    };
  }

  @Override
  public void close() {
    teller.interrupt();
  }
}
