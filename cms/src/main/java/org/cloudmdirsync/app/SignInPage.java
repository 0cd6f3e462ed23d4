package org.cloudmdirsync.app;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.cloudmdirsync.web.Changes;
import org.cloudmdirsync.web.PageSource;
import org.cloudmdirsync.web.WebServer;

/**
 * The sign-in page, opened as soon as its port is free. A busy port is no reason to stop serving
 * tokens that are still fresh, so the page is tried again until it opens.
 */
final class SignInPage implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SignInPage.class.getName());

  /** Long enough to be no burden, short enough for somebody who just freed the port. */
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Changes changes;
  private final WebServer server;
  private Optional<URI> address = Optional.empty();
  private Optional<Thread> retrying = Optional.empty();
  private boolean closed;

  SignInPage(PageSource source, Changes changes) {
    this.changes = changes;
    this.server = new WebServer(source, changes);
  }

  /**
   * Opens the page there, in place of where it was before, and wherever the accounts' redirect URIs
   * point now.
   */
  synchronized void open(URI webUrl) {
    changes.signal();
    retrying.ifPresent(Thread::interrupt);
    address = Optional.of(webUrl);
    if (!tryOpen(webUrl, Level.WARNING)) {
      retrying = Optional.of(Thread.ofVirtual().name("sign-in page").start(() -> retry(webUrl)));
    }
  }

  /** Opens the page; false when a port is taken. */
  private synchronized boolean tryOpen(URI webUrl, Level level) {
    if (closed || !address.equals(Optional.of(webUrl))) {
      return true;
    }
    try {
      if (server.listen(webUrl)) {
        LOG.log(Level.INFO, "sign-in page at " + webUrl);
      }
      return true;
    } catch (IOException busy) {
      LOG.log(level, busy.getMessage());
      return false;
    }
  }

  private void retry(URI webUrl) {
    try {
      do {
        Thread.sleep(RETRY);
      } while (!tryOpen(webUrl, Level.DEBUG));
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    retrying.ifPresent(Thread::interrupt);
    server.close();
  }
}
