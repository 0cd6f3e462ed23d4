package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person at a real browser: our page, the provider's page, and back. */
class SignInIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String ANN = "ann@example.com";

  /** Longer than a phone is wide. */
  private static final String BEN = "benjamin.of.a.large.department@subsidiary.example.org";

  private static final String BOTH =
      """
      ann = Office365_Account(user="%s", authority="{cloud}")
      ben = Office365_Account(user="%s", authority="{cloud}")
      CredentialServer("{socket}", accounts=[ann, ben])
      cfg.web_url = "{web}"
      cfg.state_dir = "{state}"
      """
          .formatted(ANN, BEN);

  @TempDir Path directory;

  @Test
  void signsInTwoAccountsInOneGo() throws Exception {
    try (Scene scene = Scene.set(directory, BOTH);
        Chromium chromium = Chromium.open(directory)) {
      // The page does not follow by itself what the accounts find out at their start.
      scene.broker.startUntil(ANN + ": sign-in needed");
      Eventually.holds(
          "Ben's, too", PATIENCE, () -> scene.broker.log().contains(BEN + ": sign-in needed"));
      chromium.go(scene.broker.webUrl());
      chromium.reads("2 accounts need you.");
      assertWellMade(chromium);
      chromium.click("Sign in");
      chromium.reads("asks for");
      chromium.click("Allow");
      chromium.reads("One more account needs you. Next is " + BEN);
      assertWellMade(chromium);
      chromium.click("Sign in");
      chromium.click("Allow");
      chromium.reads("You may close this window");
      chromium.click("all accounts");
      chromium.reads("Nothing needs you");
      assertThat(scene.broker.token(ANN)).isNotEqualTo(scene.broker.token(BEN));
    }
  }

  @Test
  void letsADenialBeThoughtOver() throws Exception {
    try (Scene scene = Scene.set(directory);
        Chromium chromium = Chromium.open(directory)) {
      chromium.go(scene.broker.startUntil("sign-in needed").webUrl());
      chromium.click("Sign in");
      chromium.click("Deny");
      chromium.reads("The user denied the request.");
      assertWellMade(chromium);
      chromium.click("Try again");
      chromium.type("user", "eve@example.com");
      chromium.click("Allow");
      chromium.reads("You signed in as eve@example.com, but this account is " + Scene.USER);
      assertThat(scene.broker.client("--user=" + Scene.USER).status()).isEqualTo(77);
      chromium.click("Try again");
      chromium.click("Allow");
      chromium.reads("You may close this window");
      assertThat(scene.broker.token(Scene.USER)).isNotBlank();
    }
  }

  /** Nothing sticks out of the window, and the page's own policy admits its style sheet. */
  private static void assertWellMade(Chromium chromium) {
    assertThat(chromium.script("return document.documentElement.scrollWidth"))
        .isEqualTo((double) Chromium.WIDTH);
    assertThat(chromium.script("return getComputedStyle(document.querySelector('main')).maxWidth"))
        .isEqualTo("672px");
  }
}
