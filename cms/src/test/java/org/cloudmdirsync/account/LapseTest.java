package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.cloudmdirsync.oauth.ClientRegistration;
import org.cloudmdirsync.simulator.HttpFault;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sign-ins that end by themselves, at the simulator's providers. */
final class LapseTest {
  private static final NudgeHours ALWAYS =
      new NudgeHours(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneOffset.UTC);

  @TempDir Path temporary;
  @AutoClose private Cloud cloud;

  @BeforeEach
  void open() throws IOException {
    cloud = new Cloud(temporary.resolve("cms"));
  }

  @Test
  void aSinglePageRegistrationLapsesADayAfterTheSignInAndItIsSaid() throws Exception {
    Account account = singlePage(cloud.microsoft());
    TokenKeeper keeper = cloud.signedIn(account);
    Instant lapse = cloud.now().plus(Duration.ofDays(1));

    assertThat(keeper.status().lapse()).contains(lapse);
    Nudges nudges = new Nudges(ALWAYS, cloud.events::add);
    for (int minute = 0; minute < 1_439; minute++) {
      keeper.step();
      nudges.look(List.of(keeper), cloud.now());
      cloud.clock.advance(Duration.ofMinutes(1));
    }
    assertThat(keeper.status().lapse()).as("refreshing does not move it").contains(lapse);
    assertThat(cloud.events.stream().filter(AccountEvent.SignInLapses.class::isInstance))
        .containsExactly(new AccountEvent.SignInLapses(account, lapse));

    TokenKeeper restarted = cloud.keeper(account);
    restarted.step();
    assertThat(restarted.status().lapse()).as("it rests beside the token").contains(lapse);
    cloud.signIn(restarted);
    assertThat(restarted.status().lapse()).contains(cloud.now().plus(Duration.ofDays(1)));
  }

  private static Account singlePage(Account account) {
    return new Account(
        account.user(),
        account.provider(),
        new ClientRegistration(
            "spa", Optional.empty(), URI.create("http://127.0.0.1:8080/oauth2/msal"), true),
        Optional.empty(),
        account.scopes(),
        account.uses());
  }

  @Test
  void whatTheServerSaysCounts() throws Exception {
    cloud
        .simulator
        .httpFaults()
        .always("token", HttpFault.with("refresh_token_expires_in", 604_800));
    TokenKeeper keeper = cloud.signedIn(cloud.likeGoogle());

    assertThat(keeper.status().lapse()).contains(cloud.now().plus(Duration.ofDays(7)));
  }

  /** Half an hour after its last use, as with Keycloak's sessions: it is used before. */
  @Test
  void aRefreshTokenThatDiesBeforeTheAccessTokenIsUsedInTime() throws Exception {
    cloud.simulator.httpFaults().always("token", HttpFault.with("refresh_expires_in", 1_800));
    TokenKeeper keeper = cloud.signedIn(cloud.generic());

    for (int quarter = 0; quarter < 4; quarter++) {
      assertThat(keeper.status().nextRefresh()).contains(cloud.now().plus(Duration.ofMinutes(15)));
      assertThat(keeper.status().lapse()).contains(cloud.now().plus(Duration.ofMinutes(30)));
      cloud.clock.advance(Duration.ofMinutes(15));
      keeper.step();
    }
    assertThat(keeper.status().lapse())
        .hasValueSatisfying(lapse -> assertThat(lapse).isAfter(cloud.now()));
  }

  @Test
  void whatIsUsedDoesNotLapse() throws Exception {
    TokenKeeper keeper = cloud.signedIn(cloud.microsoft());

    assertThat(keeper.status().lapse()).isEmpty();
    assertThat(keeper.status().expiry()).contains(cloud.now().plus(Duration.ofHours(1)));
  }
}
