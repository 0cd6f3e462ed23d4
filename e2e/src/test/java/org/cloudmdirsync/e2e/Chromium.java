package org.cloudmdirsync.e2e;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The real Chromium as a person uses it: reads what is shown, clicks what is labelled, types. It is
 * as wide as a phone, and led by its own driver (W3C WebDriver).
 */
final class Chromium implements AutoCloseable {
  private static final Gson JSON = new Gson();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** CSS pixels; narrower phones are hardly made. */
  static final int WIDTH = 360;

  /** The member that stands for an element (WebDriver, section 12.2). */
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI driver;
  private final Process process;
  private String session = "";

  private Chromium(int port, Path directory) throws IOException {
    driver = URI.create("http://127.0.0.1:" + port + "/");
    process =
        new ProcessBuilder(Programs.installed("chromedriver"), "--port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("chromedriver.log").toFile())
            .start();
  }

  /** Opens an empty window; its profile is made for this time, and goes with it. */
  static Chromium open(Path directory) throws IOException, InterruptedException {
    String browser = Programs.installed("chromium");
    Chromium chromium = new Chromium(freePort(), directory);
    try {
      Eventually.holds("chromedriver answers", PATIENCE, chromium::ready);
      Map<?, ?> made = (Map<?, ?>) chromium.call("POST", "session", capabilities(browser));
      chromium.session = "session/" + made.get("sessionId");
      return chromium;
    } catch (AssertionError failed) {
      chromium.close();
      throw failed;
    }
  }

  private static Map<String, Object> capabilities(String browser) {
    return Map.of(
        "capabilities",
        Map.of(
            "alwaysMatch",
            Map.of(
                // The pretend cloud's authority is unknown to it.
                "acceptInsecureCerts", true,
                "timeouts", Map.of("implicit", PATIENCE.toMillis()),
                "goog:chromeOptions",
                    Map.of(
                        "binary",
                        browser,
                        "mobileEmulation",
                        Map.of("deviceMetrics", Map.of("width", WIDTH, "height", 700)),
                        "args",
                        List.of(
                            "--headless",
                            "--no-sandbox", // the tests may run as root
                            "--disable-dev-shm-usage",
                            "--disable-gpu",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")))));
  }

  private boolean ready() {
    try {
      return call("GET", "status", Map.of()) instanceof Map<?, ?> status
          && Boolean.TRUE.equals(status.get("ready"));
    } catch (UncheckedIOException starting) {
      return false;
    }
  }

  /** Types an address. */
  void go(URI address) {
    call("POST", session + "/url", Map.of("url", address.toString()));
  }

  /** Clicks the first link or button that is labelled so; waits until there is one. */
  void click(String label) {
    String found = find("//*[self::a or self::button][normalize-space()='%s']".formatted(label));
    call("POST", session + "/element/" + found + "/click", Map.of());
  }

  /** Types into the field of this name, in the place of what stands there. */
  void type(String field, String text) {
    String found = find("//input[@name='%s']".formatted(field));
    call("POST", session + "/element/" + found + "/clear", Map.of());
    call("POST", session + "/element/" + found + "/value", Map.of("text", text));
  }

  /** Waits until the window shows these words. */
  void reads(String words) throws InterruptedException {
    try {
      Eventually.holds("reads " + words, PATIENCE, () -> text().contains(words));
    } catch (AssertionError late) {
      throw new AssertionError(late.getMessage() + "; it reads: " + text(), late);
    }
  }

  /** What the window shows; nothing while it goes from one page to the next. */
  String text() {
    return String.valueOf(script("return document.body ? document.body.innerText : ''"));
  }

  /** Runs a script of the driver, which no policy of the page forbids; a number is a Double. */
  Object script(String script) {
    return call("POST", session + "/execute/sync", Map.of("script", script, "args", List.of()));
  }

  /** Where the first link of this relation leads. */
  URI link(String relation) {
    return URI.create(
        String.valueOf(script("return document.querySelector('a[rel=" + relation + "]').href")));
  }

  private String find(String xpath) {
    Map<?, ?> element =
        (Map<?, ?>) call("POST", session + "/element", Map.of("using", "xpath", "value", xpath));
    return String.valueOf(element.get(ELEMENT));
  }

  private Object call(String method, String path, Map<String, ?> body) {
    try {
      HttpRequest.Builder request = HttpRequest.newBuilder(driver.resolve("/" + path));
      HttpResponse<String> answer =
          http.send(
              method.equals("POST")
                  ? request.POST(BodyPublishers.ofString(JSON.toJson(body))).build()
                  : request.method(method, BodyPublishers.noBody()).build(),
              BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new AssertionError(path + " " + body + ": " + answer.body());
      }
      return Optional.ofNullable(JSON.fromJson(answer.body(), Map.class).get("value")).orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    try {
      if (!session.isEmpty()) {
        call("DELETE", session, Map.of());
      }
    } finally {
      process.destroy();
      process.onExit().join();
      http.close();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
