package org.cloudmdirsync.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.account.Accounts;
import org.cloudmdirsync.account.BeginResult;
import org.cloudmdirsync.account.SignInResult;
import org.cloudmdirsync.account.TokenKeeper;
import org.cloudmdirsync.control.Message;
import org.cloudmdirsync.http.Http;
import org.cloudmdirsync.oauth.ClientRegistration;
import org.cloudmdirsync.oauth.Discovery;
import org.cloudmdirsync.oauth.TokenEndpoint;
import org.cloudmdirsync.oauth.UserInfo;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.provider.Provider;
import org.cloudmdirsync.provider.Providers;
import org.cloudmdirsync.secret.SecretStore;
import org.cloudmdirsync.simulator.HttpFault;
import org.cloudmdirsync.simulator.Options;
import org.cloudmdirsync.simulator.Simulator;
import org.cloudmdirsync.simulator.Switch;
import org.cloudmdirsync.tls.Trust;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code refresh} says, with an account that has a token already. */
@Timeout(60)
class CommandsTest {
  private static final String ANN = "ann@example.com";

  @TempDir Path state;
  private final Http http = new Http(Trust.system(Map.of()), Map.of());
  private Simulator cloud;
  private Accounts accounts;
  private TokenKeeper keeper;

  @BeforeEach
  void signIn() throws Exception {
    cloud = Simulator.open(Options.standard());
    cloud.switches().set(Switch.AUTO_APPROVE, true);
    accounts =
        new Accounts(
            List.of(account()),
            SecretStore.open(state),
            new TokenEndpoint(http),
            new Discovery(http),
            new UserInfo(http),
            InstantSource.system(),
            new SecureRandom(),
            _ -> {});
    accounts.start();
    keeper = accounts.keeper(ANN).orElseThrow();
    BeginResult.Redirect begun = (BeginResult.Redirect) accounts.signIns().begin(ANN);
    assertThat(accounts.signIns().complete(allowed(begun.uri())))
        .isEqualTo(new SignInResult.SignedIn(ANN));
  }

  /** The cloud first: a request under way would be waited for. */
  @AfterEach
  void close() throws IOException {
    cloud.close();
    accounts.close();
    http.close();
  }

  @Test
  void aNewTokenIsSaidWhenThereIsOne() throws Exception {
    assertThat(refresh(Duration.ofSeconds(30)).text("result")).contains("refreshed");
  }

  @Test
  void theOldTokenIsNoAnswer() throws Exception {
    cloud.httpFaults().always("token", new HttpFault.Hang());
    Message said = refresh(Duration.ofMillis(300));
    assertThat(said.text("result")).isEmpty();
    assertThat(said.text("error")).contains("unavailable");
    assertThat(said.text("reason")).contains("the provider has not answered yet");
    assertThat(keeper.heldToken(Protocol.SMTP)).as("it is still good").isPresent();
  }

  private Message refresh(Duration patience) throws InterruptedException {
    return Commands.refresh(keeper, patience);
  }

  private Account account() {
    Provider microsoft = Providers.microsoft(cloud.http(), "common", cloud.http());
    return new Account(
        ANN,
        microsoft,
        new ClientRegistration(
            "client",
            Optional.empty(),
            URI.create("http://127.0.0.1:8080" + microsoft.redirectPath()),
            false),
        Optional.empty(),
        microsoft.scopes(),
        Set.of(Protocol.SMTP));
  }

  /** Where the provider sends the browser of somebody who allows it. */
  private static URI allowed(URI page) throws IOException, InterruptedException {
    try (HttpClient browser = HttpClient.newHttpClient()) {
      return URI.create(
          browser
              .send(HttpRequest.newBuilder(page).build(), BodyHandlers.discarding())
              .headers()
              .firstValue("Location")
              .orElseThrow());
    }
  }
}
