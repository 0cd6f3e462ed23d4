package org.cloudmdirsync.app;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.cloudmdirsync.account.Accounts;
import org.cloudmdirsync.config.Configuration;
import org.cloudmdirsync.control.ControlServer;
import org.cloudmdirsync.event.EventCommand;
import org.cloudmdirsync.event.EventLog;
import org.cloudmdirsync.event.Events;
import org.cloudmdirsync.event.Notifications;
import org.cloudmdirsync.event.Systemd;
import org.cloudmdirsync.http.Http;
import org.cloudmdirsync.oauth.Discovery;
import org.cloudmdirsync.oauth.TokenEndpoint;
import org.cloudmdirsync.oauth.UserInfo;
import org.cloudmdirsync.secret.SecretStore;
import org.cloudmdirsync.tls.Trust;
import org.cloudmdirsync.unix.SocketInUse;
import org.cloudmdirsync.web.Changes;
import org.cloudmdirsync.web.PageSource;

/**
 * The running daemon: everything started here, in one order, and closed in the reverse.
 *
 * <p>The sockets come first, because they find out whether another daemon serves this
 * configuration; the accounts' loops start last, when everything that hears of them stands.
 */
final class Daemon implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Daemon.class.getName());

  private final Path file;
  private final Map<String, String> environment;
  private final Map<String, String> othersEnvironment;
  private final Events events = new Events();
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private volatile Optional<Service> service = Optional.empty();
  private boolean closed;

  /**
   * Prepares; nothing is read or opened.
   *
   * @param file the configuration, for when it is read again
   */
  Daemon(Path file, Map<String, String> environment) {
    this.file = file;
    this.environment = environment;
    this.othersEnvironment = Systemd.forOthers(environment);
  }

  /**
   * Starts serving a configuration, unless it has been closed before.
   *
   * @throws org.cloudmdirsync.unix.SocketInUse when another daemon serves one of the sockets
   * @throws IOException when a socket or the state directory cannot be made; nothing is left
   *     running
   */
  synchronized void start(Configuration configuration, SecretStore store) throws IOException {
    if (closed) {
      return;
    }
    try {
      open(configuration, store);
    } catch (IOException | RuntimeException failed) {
      close();
      throw failed;
    }
  }

  private void open(Configuration configuration, SecretStore store) throws IOException {
    keep(store);
    Accounts accounts = keep(accounts(configuration, store));
    CredentialSockets sockets = new CredentialSockets();
    FrontDoor door = keep(new FrontDoor(accounts, sockets));
    // Closed before the door: what they answer at the end is told to the log as well.
    keep(sockets);
    SignInPage page = keep(signInPage(accounts, new ShownSockets(door, ZoneId.systemDefault())));
    Systemd systemd = new Systemd(environment, accounts);
    Service opened =
        new Service(file, environment, configuration, accounts, sockets, page, door, systemd);
    service = Optional.of(opened);
    Supplier<URI> webUrl = () -> opened.configuration().webUrl();
    events.subscribe(new EventLog(webUrl, othersEnvironment));
    events.subscribe(
        keep(new EventCommand(() -> opened.configuration().onEvent(), webUrl, othersEnvironment)));
    events.subscribe(keep(new Notifications(webUrl, othersEnvironment)));
    events.subscribe(door.metrics());
    opened.open();
    takeCommands(opened, accounts, door);
    if (!configuration.mailboxes().isEmpty()) {
      LOG.log(Level.INFO, "mailboxes are not synchronised yet: serving credentials only");
    }
    events.subscribe(keep(systemd));
    accounts.start();
    systemd.ready();
    Keys.watch(store, accounts::wake);
  }

  private Accounts accounts(Configuration configuration, SecretStore store) {
    Http http = keep(new Http(Trust.system(environment), environment));
    return new Accounts(
        configuration.accounts(),
        store,
        new TokenEndpoint(http),
        new Discovery(http),
        new UserInfo(http),
        InstantSource.system(),
        new SecureRandom(),
        events,
        configuration.nudgeHours());
  }

  private SignInPage signInPage(Accounts accounts, ShownSockets shown) {
    Changes changes = new Changes();
    events.subscribe(_ -> changes.signal());
    return new SignInPage(
        PageSource.of(
            accounts, () -> service.map(Service::configuration).map(shown::of).orElse(List.of())),
        changes);
  }

  /** Who cannot be asked still serves tokens. */
  private void takeCommands(Service opened, Accounts accounts, FrontDoor door) throws IOException {
    SignInDesk desk = new SignInDesk(accounts, events);
    Commands commands = new Commands(opened, accounts, events, desk, door.metrics()::text);
    try {
      keep(ControlServer.open(file, environment, commands));
    } catch (SocketInUse anotherDaemon) {
      throw anotherDaemon;
    } catch (IOException cannot) {
      LOG.log(
          Level.WARNING,
          "commands such as status and reload will not work: " + cannot.getMessage());
    }
  }

  /** Reads the configuration again; its log says what came of that. */
  void reload() {
    service.ifPresent(Service::reload);
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
