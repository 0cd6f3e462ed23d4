package org.cloudmdirsync.event;

import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.cloudmdirsync.web.Browser;
import org.cloudmdirsync.web.BrowserResult;

/** Opens the user's browser on the sign-in page: once for several accounts, and not too often. */
final class SignInPrompt {
  private static final System.Logger LOG = System.getLogger(SignInPrompt.class.getName());

  /** Accounts that need a sign-in together share a window; a forgotten one is not a nuisance. */
  private static final Duration DECENT = Duration.ofMinutes(15);

  private final Supplier<URI> page;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private Instant shown = Instant.EPOCH;

  SignInPrompt(Supplier<URI> page, Map<String, String> environment, InstantSource clock) {
    this.page = page;
    this.environment = environment;
    this.clock = clock;
  }

  /** Where to sign in. */
  URI page() {
    return page.get();
  }

  /** Opens the page, without waiting for the browser. */
  void show() {
    if (isDue(clock.instant())) {
      Thread.ofVirtual().name("browser").start(this::open);
    }
  }

  private synchronized boolean isDue(Instant now) {
    if (now.isBefore(shown.plus(DECENT)) && !now.isBefore(shown)) {
      return false;
    }
    shown = now;
    return true;
  }

  private void open() {
    switch (Browser.open(page(), environment)) {
      case BrowserResult.Opened(String program) -> LOG.log(Level.INFO, "opened in " + program);
      case BrowserResult.NotOpened(String reason) ->
          LOG.log(Level.INFO, "no browser opened (" + reason + "): open " + page() + " yourself");
    }
  }
}
