package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cloudmdirsync.simulator.Switch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as it stands open in a real browser while the daemon goes on. */
class PageIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path directory;

  /** Found out without a reload: what the browser remembers of the page proves it. */
  @Test
  void showsWhatHappensWhileItIsOpen() throws Exception {
    try (Scene scene = Scene.set(directory);
        Chromium chromium = Chromium.open(directory)) {
      scene.cloud.switches().set(Switch.TOKEN_LIFE, 8);
      chromium.go(scene.broker.startUntil("sign-in needed").webUrl());
      chromium.reads("One account needs you.");
      chromium.script("window.remembered = true");
      scene.broker.signIn(Scene.USER);
      chromium.reads("Nothing needs you");
      scene.cloud.revokeRefreshTokens(Scene.USER);
      chromium.reads("One account needs you.");
      assertThat(chromium.script("return window.remembered")).isEqualTo(true);
      scene.broker.stop();
      chromium.reads("The daemon does not answer any more");
      scene.broker.startUntil("sign-in page at");
      Eventually.holds(
          "back", PATIENCE, () -> !chromium.text().contains("does not answer any more"));
    }
  }

  /** In a text browser, which knows no scripts. */
  @Test
  void needsNoScript() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      scene.cloud.switches().set(Switch.AUTO_APPROVE, true);
      URI page = scene.broker.startUntil("sign-in needed").webUrl();
      assertThat(read(scene, page)).contains("One account needs you.", "[1]Sign in");
      assertThat(read(scene, page.resolve("/sign-in?user=" + Scene.USER)))
          .contains("is signed in", "You may close this window");
      assertThat(read(scene, page)).contains("Nothing needs you");
    }
  }

  private static String read(Scene scene, URI address) throws Exception {
    String trust = "ssl_ca_file=" + scene.cloud.caFile();
    return Run.of(
            scene.broker.environment(),
            "",
            List.of(
                Programs.installed("w3m"),
                "-dump",
                "-o",
                "display_link_number=1",
                "-o",
                trust,
                address.toString()))
        .out();
  }

  @Test
  void showsACodeForAnotherDeviceAndWhatCameOfIt() throws Exception {
    try (Scene scene = Scene.set(directory);
        Chromium chromium = Chromium.open(directory);
        Chromium telephone = Chromium.open(directory)) {
      chromium.go(scene.broker.startUntil("sign-in needed").webUrl());
      chromium.click("With a code");
      chromium.reads("Type this code");
      String shown =
          String.valueOf(chromium.script("return document.querySelector('.code').textContent"));
      telephone.go(chromium.link("noreferrer"));
      telephone.type("user_code", shown);
      telephone.type("user", Scene.USER);
      telephone.click("Allow");
      chromium.reads(Scene.USER + " is signed in");
      assertThat(scene.broker.token(Scene.USER)).isNotBlank();
    }
  }

  @Test
  void takesTheAddressThatABrowserElsewhereEndedOn() throws Exception {
    try (Scene scene = Scene.set(directory);
        Chromium chromium = Chromium.open(directory)) {
      chromium.go(scene.broker.startUntil("sign-in needed").webUrl());
      chromium.click("With a browser elsewhere");
      chromium.reads("Open this address");
      String provider =
          String.valueOf(chromium.script("return document.querySelector('.copy').textContent"));
      scene.cloud.switches().set(Switch.AUTO_APPROVE, true);
      chromium.type("address", scene.broker.redirected(provider));
      chromium.click("Finish");
      chromium.reads(Scene.USER + " is signed in");
      assertThat(scene.broker.token(Scene.USER)).isNotBlank();
    }
  }

  /** Other users reach the port as well; Linux knows who they are. */
  @Test
  void isShutToOtherUsersOfTheMachine() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      String page = scene.broker.startUntil("sign-in needed").webUrl().toString();
      Run owner = Run.of(Map.of(), "", List.of("curl", "-s", page));
      assertThat(owner.out()).contains(Scene.USER);
      for (String path : List.of("", "sign-in?user=" + Scene.USER, "changes", "device?user=x")) {
        Run nobody = as("nobody", page + path);
        assertThat(nobody.out()).as(path).contains("Another user").doesNotContain(Scene.USER);
      }
    }
  }

  private static Run as(String user, String address) throws Exception {
    return Run.of(
        Map.of(),
        "",
        List.of(
            "setpriv",
            "--reuid=" + user,
            "--regid=nogroup",
            "--clear-groups",
            "curl",
            "-s",
            "--max-time",
            "10",
            address));
  }
}
