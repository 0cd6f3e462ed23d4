package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.cloudmdirsync.http.Http;
import org.cloudmdirsync.oauth.ClientRegistration;
import org.cloudmdirsync.oauth.Discovery;
import org.cloudmdirsync.oauth.EndpointSource;
import org.cloudmdirsync.oauth.Endpoints;
import org.cloudmdirsync.oauth.TokenEndpoint;
import org.cloudmdirsync.oauth.UserInfo;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.provider.Provider;
import org.cloudmdirsync.provider.Providers;
import org.cloudmdirsync.sasl.Mechanism;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.secret.SecretStore;
import org.cloudmdirsync.simulator.Options;
import org.cloudmdirsync.simulator.Simulator;
import org.cloudmdirsync.simulator.Switch;
import org.cloudmdirsync.tls.Trust;

/** One account at one of the simulator's providers, without TLS; real requests, a real store. */
final class Cloud implements AutoCloseable {
  static final String USER = "ann@example.com";

  final Simulator simulator;
  final TestClock clock = new TestClock();
  final Http http = new Http(Trust.system(Map.of()), Map.of());
  final List<AccountEvent> events = Collections.synchronizedList(new ArrayList<>());
  final TokenEndpoint endpoint = new TokenEndpoint(http);
  final Discovery discovery = new Discovery(http);
  private final Path state;

  Cloud(Path state) throws IOException {
    this.state = state;
    this.simulator = Simulator.open(Options.standard().with(clock.truth()));
  }

  Account microsoft() {
    return account(
        Providers.microsoft(simulator.http(), "common", URI.create("https://graph.microsoft.com")));
  }

  Account google() {
    return account(
        Providers.google(
            Optional.of(simulator.http().resolve("/o/oauth2/v2/auth")),
            Optional.of(simulator.http().resolve("/token"))));
  }

  Account generic() {
    return account(
        Providers.generic(
            "",
            new EndpointSource.Discovered(simulator.http().resolve("/generic")),
            Map.of(Protocol.SMTP, List.of("smtp")),
            List.of("openid", "offline_access"),
            Map.of(),
            Mechanism.XOAUTH2));
  }

  /** A server that speaks as Google does, but gives a code what it wants. */
  Account likeGoogle() {
    URI base = simulator.http();
    return account(
        Providers.generic(
            "",
            new EndpointSource.Known(
                new Endpoints(
                    base.resolve("/o/oauth2/v2/auth"),
                    base.resolve("/token"),
                    Optional.of(base.resolve("/device/code")),
                    Optional.of(base.resolve("/revoke")),
                    Optional.empty(),
                    Optional.empty(),
                    false)),
            Map.of(Protocol.SMTP, List.of("drive.file")),
            List.of("openid"),
            Map.of(),
            Mechanism.XOAUTH2));
  }

  private static Account account(Provider provider) {
    return new Account(
        USER,
        provider,
        new ClientRegistration(
            "client",
            Optional.of(Secret.of("hush")),
            URI.create("http://127.0.0.1:8080" + provider.redirectPath()),
            false),
        Optional.empty(),
        provider.scopes(),
        Set.of(Protocol.SMTP));
  }

  TokenKeeper keeper(Account account) throws IOException {
    TokenSource source =
        TokenSource.of(
            account, SecretStore.open(state), endpoint, discovery, clock.clocks(), new Random(3));
    return new TokenKeeper(
        account, source, clock.clocks(), new Random(1), events::add, Duration.ZERO);
  }

  /** A whole daemon's. */
  Accounts accounts(Account account) throws IOException {
    return new Accounts(
        List.of(account),
        SecretStore.open(state),
        endpoint,
        discovery,
        new UserInfo(http),
        clock.truth(),
        new SecureRandom(),
        events::add);
  }

  SignIns signIns(TokenKeeper keeper) {
    return new SignIns(
        Map.of(keeper.account().user(), keeper),
        endpoint,
        discovery,
        new UserInfo(http),
        clock.clocks(),
        new Random(2),
        events::add);
  }

  Instant now() {
    return clock.truth().instant();
  }

  /** Its keeper, after somebody has signed in. */
  TokenKeeper signedIn(Account account) throws IOException {
    TokenKeeper keeper = keeper(account);
    signIn(keeper);
    return keeper;
  }

  /** By a code, which is typed at once. */
  void signIn(TokenKeeper keeper) {
    simulator.switches().set(Switch.DEVICE_POLLS, 0);
    assertThat(signIns(keeper).device(USER))
        .isInstanceOfSatisfying(
            DeviceResult.Begun.class,
            begun -> assertThat(begun.signIn().poll()).contains(new SignInResult.SignedIn(USER)));
  }

  /** What a person does on the device page. */
  void type(DeviceSignIn signIn, String user, String decision) throws Exception {
    String form =
        Map.of("user_code", signIn.userCode(), "user", user, "decision", decision)
            .entrySet()
            .stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    try (HttpClient client = HttpClient.newHttpClient()) {
      client.send(
          HttpRequest.newBuilder(signIn.verificationUri())
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(form))
              .build(),
          BodyHandlers.ofString());
    }
  }

  @Override
  public void close() throws IOException {
    http.close();
    simulator.close();
  }
}
