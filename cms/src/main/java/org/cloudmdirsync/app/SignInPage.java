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

  private final URI webUrl;
  private final PageSource source;
  private final Changes changes;
  private Optional<WebServer> server = Optional.empty();
  private Optional<Thread> retrying = Optional.empty();
  private boolean closed;

  private SignInPage(URI webUrl, PageSource source, Changes changes) {
    this.webUrl = webUrl;
    this.source = source;
    this.changes = changes;
  }

  static SignInPage open(URI webUrl, PageSource source, Changes changes) {
    SignInPage page = new SignInPage(webUrl, source, changes);
    if (!page.tryOpen(Level.WARNING)) {
      page.retrying = Optional.of(Thread.ofVirtual().name("sign-in page").start(page::retry));
    }
    return page;
  }

  /** Opens the page; false when its port is taken. */
  private synchronized boolean tryOpen(Level level) {
    if (closed) {
      return true;
    }
    try {
      server = Optional.of(WebServer.open(webUrl, source, changes));
      LOG.log(Level.INFO, "sign-in page at " + webUrl);
      return true;
    } catch (IOException busy) {
      LOG.log(level, busy.getMessage());
      return false;
    }
  }

  private void retry() {
    try {
      do {
        Thread.sleep(RETRY);
      } while (!tryOpen(Level.DEBUG));
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    retrying.ifPresent(Thread::interrupt);
    server.ifPresent(WebServer::close);
  }
}
