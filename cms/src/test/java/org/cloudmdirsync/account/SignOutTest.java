package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.simulator.HttpFault;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing out, at the simulator's providers. */
final class SignOutTest {
  @TempDir Path temporary;
  @AutoClose private Cloud cloud;

  @BeforeEach
  void open() throws IOException {
    cloud = new Cloud(temporary.resolve("cms"));
  }

  @Test
  void theProviderTakesTheTokenBack() throws Exception {
    TokenKeeper keeper = cloud.signedIn(cloud.generic());

    assertThat(signOut(keeper)).isEqualTo(new SignOutResult.Revoked(Cloud.USER));
    assertThat(cloud.simulator.counters().get("revoke")).isEqualTo(1);
    assertSignedOut(keeper);
    assertThat(signOut(keeper)).isEqualTo(new SignOutResult.NobodySignedIn(Cloud.USER));
  }

  @Test
  void aTokenThatIsDeadAlreadyIsRevokedEnough() throws Exception {
    TokenKeeper keeper = cloud.signedIn(cloud.likeGoogle());
    cloud.simulator.httpFaults().next("revoke", HttpFault.oauthError("invalid_token", ""));

    assertThat(signOut(keeper)).isEqualTo(new SignOutResult.Revoked(Cloud.USER));
  }

  @Test
  void whereThatCannotBeDoneAPersonIsToldWhatElse() throws Exception {
    TokenKeeper keeper = cloud.signedIn(cloud.microsoft());

    assertThat(signOut(keeper))
        .isInstanceOfSatisfying(
            SignOutResult.NotRevocable.class,
            result -> assertThat(result.reason()).contains("https://myapps.microsoft.com"));
    assertSignedOut(keeper);
  }

  @Test
  void anOutageDoesNotKeepTheTokenHere() throws Exception {
    TokenKeeper keeper = cloud.signedIn(cloud.generic());
    cloud.simulator.httpFaults().next("revoke", HttpFault.captivePortal());
    assertThat(signOut(keeper)).isInstanceOf(SignOutResult.NotReached.class);

    keeper = cloud.signedIn(cloud.generic());
    cloud.simulator.httpFaults().next("revoke", HttpFault.unavailable());
    assertThat(signOut(keeper))
        .isInstanceOfSatisfying(
            SignOutResult.NotReached.class,
            result -> assertThat(result.reason()).contains("HTTP 503"));
    assertSignedOut(keeper);
  }

  @Test
  void whoeverSignedOutIsNotAskedToSignIn() throws Exception {
    TokenKeeper keeper = cloud.signedIn(cloud.generic());
    signOut(keeper);
    keeper.wake();
    keeper.step();

    assertThat(cloud.events).noneMatch(AccountEvent.SignInNeeded.class::isInstance);
    assertThat(keeper.status().problem()).get().asString().contains("signed out on purpose");
    cloud.signIn(keeper);
    assertThat(keeper.status().condition()).isEqualTo(AccountStatus.Condition.READY);
  }

  private void assertSignedOut(TokenKeeper keeper) throws IOException {
    assertThat(keeper.token(Protocol.SMTP, Duration.ZERO))
        .isInstanceOf(TokenAnswer.SignInNeeded.class);
    assertThat(keeper.hasRefreshToken()).isFalse();
    assertThat(cloud.keeper(keeper.account()).hasRefreshToken()).as("after a restart").isFalse();
    assertThat(cloud.events).contains(new AccountEvent.SignedOut(keeper.account()));
    assertThat(temporary.resolve("cms/quarantine")).doesNotExist();
  }

  private SignOutResult signOut(TokenKeeper keeper) {
    return cloud.signIns(keeper).signOut(Cloud.USER);
  }
}
