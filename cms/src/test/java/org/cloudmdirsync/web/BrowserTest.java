package org.cloudmdirsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrowserTest {
  private static final URI PAGE = URI.create("http://127.0.0.1:8080/sign-in?user=a%2Bb%40c.d");

  @TempDir Path bin;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lynx                    | [[lynx, URL]]
          firefox --new-tab %s    | [[firefox, --new-tab, URL]]
          opener --url=%s         | [[opener, --url=URL]]
          one:two %s x::          | [[one, URL], [two, URL, x]]
          a;b $(reboot)           | [[a;b, $(reboot), URL]]
          """)
  void browserVariable(String variable, String expected) {
    assertThat(Browser.commands(PAGE, Map.of("BROWSER", variable)).toString())
        .isEqualTo(expected.replace("URL", PAGE.toString()));
  }

  @Test
  void xdgOpenNeedsADisplay() {
    List<List<String>> xdgOpen = List.of(List.of("xdg-open", PAGE.toString()));
    assertThat(Browser.commands(PAGE, Map.of())).isEmpty();
    assertThat(Browser.commands(PAGE, Map.of("DISPLAY", ""))).isEmpty();
    assertThat(Browser.commands(PAGE, Map.of("DISPLAY", ":0"))).isEqualTo(xdgOpen);
    assertThat(Browser.commands(PAGE, Map.of("WAYLAND_DISPLAY", "wayland-0"))).isEqualTo(xdgOpen);
  }

  @Test
  void withoutAnythingItSaysWhy() {
    assertThat(Browser.open(PAGE, Map.of()))
        .isEqualTo(
            new BrowserResult.NotOpened("there is no display here, and $BROWSER is not set"));
  }

  @Test
  void theAddressArrivesAsOneArgumentAndTheEnvironmentIsTheGivenOne() throws Exception {
    Path seen = bin.resolve("seen");
    Path browser = script("browser", "printf '%s|' \"$#\" \"$1\" \"$MARK\" > " + seen);
    BrowserResult result =
        Browser.open(PAGE, environment("BROWSER", browser.toString(), "MARK", "m"));
    assertThat(result).isEqualTo(new BrowserResult.Opened(browser.toString()));
    assertThat(seen).hasContent("1|" + PAGE + "|m|");
  }

  @Test
  void theNextIsTriedWhenOneIsMissingOrFails() throws Exception {
    script("broken", "exit 3");
    script("good", "exit 0");
    assertThat(Browser.open(PAGE, environment("BROWSER", "missing:broken:good")))
        .isEqualTo(new BrowserResult.Opened("good"));
    assertThat(Browser.open(PAGE, environment("BROWSER", "missing:broken")))
        .isEqualTo(new BrowserResult.NotOpened("could not start missing, broken"));
  }

  @Test
  void aTextBrowserNeitherBlocksNorGetsTheTerminal() throws Exception {
    Path session = bin.resolve("session");
    assertThat(new ProcessBuilder("mkfifo", session.toString()).start().waitFor()).isZero();
    script(
        "text",
        "read -r line && echo input > " + session,
        "cut -d ' ' -f 1,6 /proc/$$/stat > " + session,
        "exec sleep 60");
    assertThat(Browser.open(PAGE, environment("BROWSER", "text")))
        .isEqualTo(new BrowserResult.Opened("text"));
    String[] pidAndSession = Files.readString(session).strip().split(" ", -1);
    assertThat(pidAndSession[0]).as("leads its own session").isEqualTo(pidAndSession[1]);
    ProcessHandle.of(Long.parseLong(pidAndSession[0])).ifPresent(ProcessHandle::destroy);
  }

  private Map<String, String> environment(String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", bin + ":/usr/bin:/bin");
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  private Path script(String name, String... lines) throws IOException {
    Path file = bin.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
