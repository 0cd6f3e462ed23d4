package org.cloudmdirsync.app;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.account.Accounts;
import org.cloudmdirsync.config.Configuration;
import org.cloudmdirsync.config.Configuration.CredentialSocket;
import org.cloudmdirsync.credential.CredentialServer;
import org.cloudmdirsync.http.Http;
import org.cloudmdirsync.oauth.Discovery;
import org.cloudmdirsync.oauth.TokenEndpoint;
import org.cloudmdirsync.oauth.UserInfo;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.secret.SecretStore;
import org.cloudmdirsync.tls.Trust;
import org.cloudmdirsync.web.Changes;
import org.cloudmdirsync.web.PageSource;
import org.cloudmdirsync.web.SocketStatus;

/**
 * The running daemon: everything started here, in one order, and closed in the reverse.
 *
 * <p>The sockets come first, because they find out whether another daemon serves this
 * configuration; the accounts' loops start last, when everything that hears of them stands.
 */
final class Daemon implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Daemon.class.getName());

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private boolean closed;

  Daemon() {}

  /**
   * Starts serving a configuration, unless it has been closed before.
   *
   * @throws org.cloudmdirsync.unix.SocketInUse when another daemon serves one of the sockets
   * @throws IOException when a socket or the state directory cannot be made; nothing is left
   *     running
   */
  synchronized void start(Configuration configuration, Map<String, String> environment)
      throws IOException {
    if (closed) {
      return;
    }
    try {
      open(configuration, environment);
    } catch (IOException | RuntimeException failed) {
      close();
      throw failed;
    }
  }

  private void open(Configuration configuration, Map<String, String> environment)
      throws IOException {
    Changes changes = new Changes();
    Accounts accounts = keep(accounts(configuration, environment, changes));
    LengthWarning length = new LengthWarning();
    for (CredentialSocket socket : configuration.sockets()) {
      keep(
          CredentialServer.open(
              socket.path(),
              socket.mode(),
              new CredentialAnswers(socket, accounts, configuration.webUrl(), length)));
      LOG.log(Level.INFO, "serving " + description(socket));
    }
    keep(
        SignInPage.open(
            configuration.webUrl(),
            PageSource.of(accounts, () -> sockets(configuration)),
            changes));
    if (!configuration.mailboxes().isEmpty()) {
      LOG.log(Level.INFO, "mailboxes are not synchronised yet: serving credentials only");
    }
    accounts.start();
  }

  private Accounts accounts(
      Configuration configuration, Map<String, String> environment, Changes changes)
      throws IOException {
    EventLog log =
        new EventLog(new SignInPrompt(configuration.webUrl(), environment, InstantSource.system()));
    SecretStore store = SecretStore.open(configuration.stateDir());
    Http http = keep(new Http(Trust.system(environment), environment));
    return new Accounts(
        configuration.accounts(),
        store,
        new TokenEndpoint(http),
        new Discovery(http),
        new UserInfo(http),
        InstantSource.system(),
        new SecureRandom(),
        event -> {
          log.accept(event);
          changes.signal();
        });
  }

  private static String description(CredentialSocket socket) {
    return "%s for %s on %s"
        .formatted(
            socket.protocols(),
            socket.accounts().stream().map(account -> account.user()).toList(),
            socket.path());
  }

  private static List<SocketStatus> sockets(Configuration configuration) {
    return configuration.sockets().stream()
        .map(socket ->
            new SocketStatus(
                socket.path().toString(),
                socket.protocols().stream().map(Protocol::name).toList(),
                socket.accounts().stream().map(Account::user).toList(),
                Optional.empty()))
        .toList();
  }

  private <T extends AutoCloseable> T keep(T part) {
    started.push(part);
    return part;
  }

  /**
   * Stops in the reverse order; a rotation under way is stored first. While it is still starting,
   * this waits for that.
   */
  @Override
  public synchronized void close() {
    closed = true;
    while (!started.isEmpty()) {
      AutoCloseable part = started.pop();
      try {
        part.close();
      } catch (Exception failed) {
        LOG.log(Level.WARNING, "stopping: " + failed.getMessage());
      }
    }
  }
}
