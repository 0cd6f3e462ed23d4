package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.cloudmdirsync.account.TokenServer.Fault;
import org.cloudmdirsync.http.Http;
import org.cloudmdirsync.oauth.ClientRegistration;
import org.cloudmdirsync.oauth.Discovery;
import org.cloudmdirsync.oauth.EndpointSource;
import org.cloudmdirsync.oauth.Endpoints;
import org.cloudmdirsync.oauth.TokenEndpoint;
import org.cloudmdirsync.oauth.UserInfo;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.provider.Provider;
import org.cloudmdirsync.provider.Provider.Identity;
import org.cloudmdirsync.provider.Provider.TokenPer;
import org.cloudmdirsync.sasl.Mechanism;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.secret.SecretStore;
import org.cloudmdirsync.secret.StoredSecret;
import org.cloudmdirsync.tls.Trust;

/** One account, a real token endpoint, a real store, and a clock in the test's hands. */
final class World implements AutoCloseable {
  static final String USER = "user@example.com";
  private static final Duration NOW = Duration.ZERO;
  private static final Duration ASK_EVERY = Duration.ofMinutes(1);

  final TestClock clock = new TestClock();
  final TokenServer server;
  final Http http = new Http(Trust.system(Map.of()), Map.of());
  final List<AccountEvent> events = Collections.synchronizedList(new ArrayList<>());
  final Path state;
  final Account account;
  final TokenKeeper keeper;
  final SignIns signIns;

  /** Minutes in which a client got no token. */
  int unserved;

  World(Path state, TokenPer tokenPer) throws IOException {
    this.state = state;
    this.server = new TokenServer(clock.truth());
    this.account = account(server.uri("/token"), tokenPer, Identity.ID_TOKEN);
    this.keeper = keeper();
    this.signIns =
        new SignIns(
            Map.of(USER, keeper),
            new TokenEndpoint(http),
            new Discovery(http),
            new UserInfo(http),
            clock.clocks(),
            new Random(2),
            events::add);
  }

  /** Somebody signed in before the daemon started. */
  static World signedIn(Path state) throws IOException {
    World world = new World(state, TokenPer.ACCOUNT);
    world.signedInBefore();
    return world;
  }

  static Account account(URI tokenEndpoint, TokenPer tokenPer, Identity identity) {
    Map<Protocol, List<String>> scopes =
        Map.of(
            Protocol.SMTP, List.of("https://outlook.example/SMTP.Send"),
            Protocol.MAILBOX, List.of("https://graph.example/Mail.ReadWrite"));
    Provider provider =
        new Provider(
            "example",
            "Example",
            new EndpointSource.Known(
                Endpoints.of(tokenEndpoint.resolve("/authorize"), tokenEndpoint)),
            "/oauth2/example",
            scopes,
            List.of("openid", "offline_access"),
            Map.of("access_type", "offline"),
            tokenPer,
            Mechanism.XOAUTH2,
            identity);
    return new Account(
        USER,
        provider,
        new ClientRegistration(
            "client", Optional.empty(), URI.create("http://127.0.0.1:8080/oauth2/example"), false),
        Optional.empty(),
        scopes,
        Set.of(Protocol.SMTP, Protocol.MAILBOX));
  }

  /** A daemon that has just started. */
  TokenKeeper keeper() throws IOException {
    Rotation rotation =
        new Rotation(
            account,
            SecretStore.open(state),
            new TokenEndpoint(http),
            new Discovery(http),
            clock.clocks());
    return new TokenKeeper(
        account, rotation, clock.clocks(), new Random(1), events::add, Duration.ZERO);
  }

  void signedInBefore() throws IOException {
    store(server.signIn());
  }

  void store(String refreshToken) throws IOException {
    try (StoredSecret stored = stored()) {
      stored.replace(Secret.of(refreshToken), clock.truth().instant());
    }
  }

  StoredSecret stored() throws IOException {
    return SecretStore.open(state).take(account.credential(), Duration.ofSeconds(5));
  }

  /** Where the refresh token is, or will be. */
  Path credentialFile() throws IOException {
    stored().close();
    try (Stream<Path> files = Files.list(state)) {
      String lock =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith("example~") && name.endsWith(".lock"))
              .findFirst()
              .orElseThrow();
      return state.resolve(lock.replaceFirst("lock$", "credential"));
    }
  }

  /** What the manual tells a person to do with the newest file. */
  void moveBack() throws IOException {
    Path file = credentialFile();
    try (Stream<Path> files = Files.list(state.resolve("quarantine"))) {
      Path newest = files.sorted().toList().getLast();
      Files.move(newest, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Fills the disk, as far as the refresh token is concerned: nothing can be written. */
  Path inTheWay() throws IOException {
    Path file = credentialFile();
    // A directory in the temporary file's place.
    return Files.createDirectories(file.resolveSibling(file.getFileName() + ".new/full"));
  }

  String storedRefreshToken() throws IOException {
    try (StoredSecret stored = stored()) {
      return stored.current().map(Secret::expose).orElse("none");
    }
  }

  /** Lets time pass: the loop works when it is due, and a client asks every minute. */
  void pass(Duration span) {
    Duration end = clock.elapsed().plus(span);
    Duration nextAsk = clock.elapsed();
    while (clock.elapsed().compareTo(end) < 0) {
      Optional<Moment> next = keeper.step();
      Duration untilAsk = nextAsk.minus(clock.elapsed());
      Duration wait = next.map(n -> n.untilFrom(clock.clocks().now())).orElse(untilAsk);
      if (wait.compareTo(untilAsk) < 0) {
        clock.advance(wait.isPositive() ? wait : Duration.ZERO);
      } else {
        clock.advance(untilAsk);
        nextAsk = nextAsk.plus(ASK_EVERY);
        ask();
      }
    }
  }

  /** The same, with something wrong at the provider all the while. */
  void pass(Fault fault, Duration span) throws IOException {
    if (fault == Fault.DOWN) {
      server.down();
      pass(span);
      server.up();
    } else {
      server.fault = fault;
      pass(span);
      server.fault = Fault.NONE;
    }
  }

  TokenAnswer ask() {
    TokenAnswer answer = keeper.token(Protocol.SMTP, NOW);
    if (answer instanceof TokenAnswer.Token token) {
      assertThat(server.valid(token.accessToken().expose()))
          .as("a token served after %s is valid", clock.elapsed())
          .isTrue();
    } else {
      unserved++;
    }
    return answer;
  }

  <E extends AccountEvent> List<E> events(Class<E> kind) {
    synchronized (events) {
      return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
  }

  @Override
  public void close() {
    http.close();
    server.close();
  }
}
