package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.simulator.HttpFault;
import org.cloudmdirsync.simulator.Switch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Signing in by a code that is typed on another device, at the simulator's providers. */
final class DeviceSignInTest {
  @TempDir Path temporary;
  private Cloud cloud;

  @BeforeEach
  void open() throws IOException {
    cloud = new Cloud(temporary.resolve("cms"));
  }

  @AfterEach
  void close() throws IOException {
    cloud.close();
  }

  @Test
  void theCodeIsTypedAndTheAccountIsReady() throws Exception {
    TokenKeeper keeper = cloud.keeper(cloud.microsoft());
    DeviceSignIn signIn = begin(keeper);

    assertThat(signIn.verificationUri().getPath()).isEqualTo("/common/oauth2/deviceauth");
    assertThat(signIn.pause()).isEqualTo(Duration.ofSeconds(5));
    assertThat(signIn.poll()).isEmpty();
    cloud.type(signIn, Cloud.USER, "allow");
    assertThat(signIn.poll()).contains(new SignInResult.SignedIn(Cloud.USER));
    assertThat(keeper.token(Protocol.SMTP, Duration.ZERO)).isInstanceOf(TokenAnswer.Token.class);
    assertThat(keeper.hasRefreshToken()).isTrue();
  }

  @Test
  void theServerMaySlowUsDown() throws Exception {
    DeviceSignIn signIn = begin(cloud.keeper(cloud.microsoft()));
    fault(HttpFault.oauthError("slow_down", ""));
    fault(HttpFault.oauthError("authorization_pending", ""));

    assertThat(signIn.poll()).isEmpty();
    assertThat(signIn.pause()).isEqualTo(Duration.ofSeconds(10));
    assertThat(signIn.poll()).isEmpty();
    assertThat(signIn.pause()).as("for this and all later polls").isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void anOutageIsWaitedOutMoreSlowly() throws Exception {
    DeviceSignIn signIn = begin(cloud.keeper(cloud.microsoft()));
    cloud.simulator.switches().set(Switch.DEVICE_POLLS, 0);
    fault(HttpFault.unavailable());
    fault(HttpFault.captivePortal());
    fault(HttpFault.tooManyRequests(120));

    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      assertThat(signIn.poll()).isEmpty();
      pauses.add(signIn.pause());
    }
    assertThat(pauses)
        .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(120));
    assertThat(signIn.poll()).contains(new SignInResult.SignedIn(Cloud.USER));
  }

  @Test
  void aDenialEndsIt() throws Exception {
    DeviceSignIn signIn = begin(cloud.keeper(cloud.microsoft()));
    cloud.type(signIn, Cloud.USER, "deny");

    assertThat(signIn.poll())
        .hasValueSatisfying(result ->
            assertThat(result)
                .isInstanceOfSatisfying(
                    SignInResult.Denied.class,
                    denied -> assertThat(denied.words()).contains("authorization_declined")));
  }

  @Test
  void aCodeExpires() throws Exception {
    DeviceSignIn signIn = begin(cloud.keeper(cloud.microsoft()));
    assertThat(signIn.expiry()).isEqualTo(cloud.clock.clocks().now().wall().plusSeconds(900));
    int asked = cloud.simulator.counters().get("token.device_code");
    cloud.clock.advance(Duration.ofMinutes(15));

    assertThat(signIn.poll()).get().isInstanceOf(SignInResult.Failed.class);
    assertThat(cloud.simulator.counters().get("token.device_code")).isEqualTo(asked);
  }

  @Test
  void nobodyWaitsForACodeThatHasExpired() throws Exception {
    DeviceSignIn signIn = begin(cloud.keeper(cloud.microsoft()));
    fault(HttpFault.tooManyRequests(3_600));
    cloud.clock.advance(Duration.ofMinutes(1));
    assertThat(signIn.poll()).isEmpty();
    assertThat(signIn.pause()).isEqualTo(Duration.ofMinutes(14));

    cloud.clock.advance(Duration.ofMinutes(20));
    assertThat(signIn.pause()).isZero();
    assertThat(signIn.poll()).get().isInstanceOf(SignInResult.Failed.class);
  }

  @Test
  void theServerSaysThatItExpired() throws Exception {
    DeviceSignIn signIn = begin(cloud.keeper(cloud.microsoft()));
    fault(new HttpFault.Aadsts(70019));

    assertThat(signIn.poll()).get().isInstanceOf(SignInResult.Failed.class);
  }

  @Test
  void aPolicyThatForbidsItIsSaid() throws Exception {
    DeviceSignIn signIn = begin(cloud.keeper(cloud.microsoft()));
    fault(new HttpFault.Aadsts(53003));

    assertThat(signIn.poll())
        .hasValueSatisfying(
            result -> assertThat(result.toString()).contains("AADSTS53003", "policy blocks"));
  }

  /** Google's own spelling and status, at a server that lets a code do it. */
  @Test
  void anOlderSpellingIsUnderstood() throws Exception {
    TokenKeeper keeper = cloud.keeper(cloud.likeGoogle());
    cloud.simulator.switches().set(Switch.DEVICE_POLLS, 1);
    DeviceSignIn signIn = begin(keeper);

    assertThat(signIn.verificationUri().getPath()).isEqualTo("/device");
    assertThat(signIn.poll()).as("428").isEmpty();
    assertThat(signIn.pause()).isEqualTo(Duration.ofSeconds(5));
    assertThat(signIn.poll()).contains(new SignInResult.SignedIn(Cloud.USER));
  }

  @Test
  void aServerWithoutIntervalThatWantsPkceAndHasAWholeAddressWorksUnmodified() throws Exception {
    cloud.simulator.switches().set(Switch.DEVICE_PKCE, true);
    // The first answer is the refusal.
    cloud.simulator.httpFaults().next("device", HttpFault.oauthError("invalid_request", "PKCE"));
    cloud
        .simulator
        .httpFaults()
        .next(
            "device",
            new HttpFault.Edited(
                Map.of("verification_uri_complete", "http://localhost/device?user_code=AB"),
                Set.of("interval")));
    TokenKeeper keeper = cloud.keeper(cloud.generic());
    DeviceSignIn signIn = begin(keeper);

    assertThat(signIn.pause()).isEqualTo(Duration.ofSeconds(5));
    assertThat(signIn.complete()).contains(URI.create("http://localhost/device?user_code=AB"));
    cloud.type(signIn, Cloud.USER, "allow");
    assertThat(signIn.poll()).contains(new SignInResult.SignedIn(Cloud.USER));
  }

  @Test
  void thereIsNoneForGmail() throws Exception {
    SignIns signIns = cloud.signIns(cloud.keeper(cloud.google()));

    assertThat(signIns.ways(Cloud.USER)).containsExactly(SignInWay.BROWSER, SignInWay.PASTE);
    assertThat(signIns.device(Cloud.USER))
        .isInstanceOfSatisfying(
            DeviceResult.NotOffered.class,
            none -> assertThat(none.reason()).contains("Google", "mail", "browser", "paste"));
    assertThat(signIns.device("nobody@example.com")).isInstanceOf(DeviceResult.UnknownUser.class);
    assertThat(cloud.signIns(cloud.keeper(cloud.microsoft())).ways(Cloud.USER))
        .contains(SignInWay.DEVICE);
  }

  /** The server has no codes; that is found out only by asking it. */
  @Test
  void whatIsNotKnownYetIsPossible() throws Exception {
    SignIns signIns = cloud.signIns(cloud.keeper(cloud.generic()));
    HttpFault without = HttpFault.without("device_authorization_endpoint");
    cloud.simulator.httpFaults().always("metadata", without);

    assertThat(signIns.possibleWays(Cloud.USER)).contains(SignInWay.DEVICE);
    assertThat(signIns.ways(Cloud.USER)).containsExactly(SignInWay.BROWSER, SignInWay.PASTE);
    assertThat(signIns.possibleWays(Cloud.USER))
        .containsExactly(SignInWay.BROWSER, SignInWay.PASTE);
  }

  /** The address names the app and what it wants; an organisation's policy gets none. */
  @Test
  void anAdministratorIsGivenTheAddress() throws Exception {
    Account account = cloud.microsoft();
    DeviceSignIn signIn = begin(cloud.keeper(account));
    fault(new HttpFault.Aadsts(90094));
    fault(new HttpFault.Aadsts(53003));

    assertThat(signIn.poll())
        .hasValueSatisfying(result ->
            assertThat(result.toString())
                .contains(
                    "AADSTS90094",
                    cloud.simulator.http()
                        + "/organizations/v2.0/adminconsent?client_id=client"
                        + "&scope=https%3A%2F%2Foutlook.office.com%2FSMTP.Send"
                        + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Foauth2%2Fmsal"));
    assertThat(signIn.poll())
        .hasValueSatisfying(
            result -> assertThat(result.toString()).doesNotContain("adminconsent", "{"));
  }

  @Test
  void somebodyElsesTokenIsDropped() throws Exception {
    TokenKeeper keeper = cloud.keeper(cloud.microsoft());
    DeviceSignIn signIn = begin(keeper);
    cloud.type(signIn, "bob@example.com", "allow");

    assertThat(signIn.poll()).contains(new SignInResult.WrongUser(Cloud.USER, "bob@example.com"));
    assertThat(keeper.hasRefreshToken()).isFalse();
  }

  @Test
  @Timeout(60)
  void waitingPollsAndEndsWhenGivenUp() throws Exception {
    cloud.simulator.switches().set(Switch.DEVICE_POLLS, 0);
    cloud.simulator.httpFaults().next("device", HttpFault.with("interval", 1));
    assertThat(begin(cloud.keeper(cloud.microsoft())).await())
        .isEqualTo(new SignInResult.SignedIn(Cloud.USER));

    DeviceSignIn abandoned = begin(cloud.keeper(cloud.microsoft()));
    abandoned.close();
    assertThat(abandoned.await()).isInstanceOf(SignInResult.Failed.class);
  }

  private void fault(HttpFault fault) {
    cloud.simulator.httpFaults().next("token.device_code", fault);
  }

  private DeviceSignIn begin(TokenKeeper keeper) {
    DeviceResult result = cloud.signIns(keeper).device(Cloud.USER);
    assertThat(result).isInstanceOf(DeviceResult.Begun.class);
    return Optional.of(result)
        .map(DeviceResult.Begun.class::cast)
        .map(DeviceResult.Begun::signIn)
        .orElseThrow();
  }
}
