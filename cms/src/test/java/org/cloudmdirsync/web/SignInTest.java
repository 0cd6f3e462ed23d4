package org.cloudmdirsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.account.AccountEvent;
import org.cloudmdirsync.account.AccountStatus;
import org.cloudmdirsync.account.AccountStatus.Condition;
import org.cloudmdirsync.account.Accounts;
import org.cloudmdirsync.http.Http;
import org.cloudmdirsync.oauth.ClientRegistration;
import org.cloudmdirsync.oauth.Discovery;
import org.cloudmdirsync.oauth.TokenEndpoint;
import org.cloudmdirsync.oauth.UserInfo;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.provider.Provider;
import org.cloudmdirsync.provider.Providers;
import org.cloudmdirsync.secret.SecretStore;
import org.cloudmdirsync.simulator.Options;
import org.cloudmdirsync.simulator.Simulator;
import org.cloudmdirsync.simulator.Switch;
import org.cloudmdirsync.tls.Trust;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A person with a browser, our page, and a provider that redirects between them. */
@Timeout(60)
class SignInTest {
  private static final String ANN = "ann@example.com";
  private static final String BOB = "bob@example.com";

  @TempDir private Path state;

  private final HttpClient browser =
      HttpClient.newBuilder().followRedirects(Redirect.ALWAYS).build();
  private final HttpClient cautious = HttpClient.newHttpClient();
  private final CountDownLatch bothNeedSignIn = new CountDownLatch(2);
  private Http http;
  private Simulator cloud;
  private Accounts accounts;
  private WebServer server;
  private URI page;

  @BeforeEach
  void open() throws Exception {
    cloud = Simulator.open(Options.standard());
    cloud.switches().set(Switch.AUTO_APPROVE, true);
    http = new Http(Trust.system(Map.of()), Map.of());
    page = URI.create("http://127.0.0.1:" + freePort() + "/");
    accounts =
        new Accounts(
            List.of(account(ANN), account(BOB)),
            SecretStore.open(state),
            new TokenEndpoint(http),
            new Discovery(http),
            new UserInfo(http),
            InstantSource.system(),
            new SecureRandom(),
            this::event);
    server = new WebServer(PageSource.of(accounts, List::of), new Changes());
    server.listen(page);
    accounts.start();
    bothNeedSignIn.await();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    accounts.close();
    http.close();
    cloud.close();
    browser.close();
    cautious.close();
  }

  @Test
  void oneAfterTheOther() throws Exception {
    assertThat(get(page).body()).contains("2 accounts need you", signInLink(ANN), signInLink(BOB));

    HttpResponse<String> ann = get(signIn(ANN));
    assertThat(ann.uri().getPath()).isEqualTo("/oauth2/msal");
    assertThat(ann.statusCode()).isEqualTo(200);
    assertThat(ann.body()).contains("Signed in", ANN, signInLink(BOB));
    assertThat(condition(ANN)).isEqualTo(Condition.READY);

    assertThat(get(signIn(BOB)).body()).contains("Signed in", BOB, "You may close this window");
    assertThat(get(page).body()).contains("Nothing needs you").doesNotContain("/sign-in");
  }

  @Test
  void aDenialCanBeThoughtOver() throws Exception {
    cloud.switches().set(Switch.CALLBACK_ERROR, "access_denied");
    HttpResponse<String> denied = get(signIn(ANN));
    assertThat(denied.statusCode()).isEqualTo(403);
    assertThat(denied.body())
        .contains("access_denied", "The simulator was told to answer so.", signInLink(ANN));

    cloud.switches().set(Switch.CALLBACK_ERROR, "");
    assertThat(get(signIn(ANN)).body()).contains("Signed in");
  }

  @Test
  void somebodyElseIsRefused() throws Exception {
    String provider = redirect(signIn(ANN)).replace("ann%40example.com", "eve%40example.com");
    HttpResponse<String> answer = get(URI.create(provider));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("eve@example.com", "but this account is " + ANN);
    assertThat(condition(ANN)).isEqualTo(Condition.SIGN_IN_NEEDED);
  }

  @Test
  void anAnswerCountsOnce() throws Exception {
    URI callback = URI.create(redirect(URI.create(redirect(signIn(ANN)))));
    assertThat(get(callback).statusCode()).isEqualTo(200);
    HttpResponse<String> again = get(callback);
    assertThat(again.statusCode()).isEqualTo(400);
    assertThat(again.body()).contains("It was used already", "All accounts");
  }

  @Test
  void aStateThatIsNotOursIsRefused() throws Exception {
    cloud.switches().set(Switch.CALLBACK_STATE, "wrong");
    assertThat(get(signIn(ANN)).statusCode()).isEqualTo(400);
    assertThat(condition(ANN)).isEqualTo(Condition.SIGN_IN_NEEDED);
  }

  @Test
  void aStrangerHasNoAccount() throws Exception {
    assertThat(get(signIn("eve@example.com")).statusCode()).isEqualTo(404);
  }

  private void event(AccountEvent event) {
    if (event instanceof AccountEvent.SignInNeeded) {
      bothNeedSignIn.countDown();
    }
  }

  private Account account(String user) {
    Provider microsoft = Providers.microsoft(cloud.http(), "common", cloud.http());
    URI redirect = page.resolve(microsoft.redirectPath());
    return new Account(
        user,
        microsoft,
        new ClientRegistration("client", Optional.empty(), redirect, false),
        Optional.empty(),
        microsoft.scopes(),
        Set.of(Protocol.SMTP));
  }

  private Condition condition(String user) {
    return accounts.status().stream()
        .filter(status -> status.account().user().equals(user))
        .map(AccountStatus::condition)
        .findFirst()
        .orElseThrow();
  }

  private URI signIn(String user) {
    return page.resolve("/sign-in?user=" + user.replace("@", "%40"));
  }

  private static String signInLink(String user) {
    return "href=\"/sign-in?user=" + user.replace("@", "%40") + "\"";
  }

  private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    return browser.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  private String redirect(URI address) throws IOException, InterruptedException {
    return cautious
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
        .headers()
        .firstValue("Location")
        .orElseThrow();
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
