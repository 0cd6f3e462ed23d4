package org.cloudmdirsync.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.cloudmdirsync.account.Accounts;
import org.cloudmdirsync.audit.Audit;
import org.cloudmdirsync.audit.Doorkeeper;
import org.cloudmdirsync.audit.LastAnswer;
import org.cloudmdirsync.audit.Metrics;
import org.cloudmdirsync.audit.MetricsPage;
import org.cloudmdirsync.audit.RateLimit;
import org.cloudmdirsync.config.Configuration;
import org.cloudmdirsync.config.Configuration.CredentialSocket;
import org.cloudmdirsync.log.LogQueue;
import org.cloudmdirsync.unix.Peer;

/**
 * Everything about those who ask for tokens, across all sockets and reloads: who may, how often,
 * and who did.
 */
final class FrontDoor implements AutoCloseable {
  private final Accounts accounts;
  private final int ourUser;
  private final LogQueue log = new LogQueue();
  private final LengthWarning length = new LengthWarning(log);
  private final Audit audit;
  private final Metrics metrics;
  private final MetricsPage metricsPage;

  FrontDoor(Accounts accounts, CredentialSockets sockets) throws IOException {
    this.accounts = accounts;
    this.ourUser = Peer.ourUser();
    this.audit = new Audit(log, ourUser);
    this.metrics = new Metrics(accounts, audit, log, sockets::dropped, InstantSource.system());
    this.metricsPage = new MetricsPage(metrics::text);
  }

  /** What the sockets of a configuration answer. */
  Function<CredentialSocket, CredentialAnswers> answers(Configuration wanted) {
    RateLimit limit = new RateLimit(wanted.oversight().requestsPerSecond());
    return socket ->
        new CredentialAnswers(
            socket,
            new Doorkeeper(socket.allowed(), limit, ourUser),
            audit,
            log,
            accounts,
            wanted.webUrl(),
            length);
  }

  /** Goes by a configuration from now on. */
  void change(Configuration configuration) {
    audit.every(configuration.oversight().auditInterval());
    metricsPage.open(configuration.oversight().metricsUrl());
  }

  /** The figures; they count events once they are subscribed to them. */
  Metrics metrics() {
    return metrics;
  }

  /** Who asked last for an account on a socket. */
  Optional<LastAnswer> last(Path socket, String account) {
    return audit.last(socket, account);
  }

  @Override
  public void close() {
    metricsPage.close();
    audit.close();
    log.close();
  }
}
