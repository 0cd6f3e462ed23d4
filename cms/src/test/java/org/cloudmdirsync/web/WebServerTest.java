package org.cloudmdirsync.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.cloudmdirsync.account.AccountStatus;
import org.cloudmdirsync.account.AccountStatus.Condition;
import org.cloudmdirsync.account.BeginResult;
import org.cloudmdirsync.account.DeviceResult;
import org.cloudmdirsync.account.SignInResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60) // a client that is not served fails, rather than holding up everything
class WebServerTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port = freePort();
  private final URI url = URI.create("http://127.0.0.1:" + port + "/");
  private final CountDownLatch providerAnswers = new CountDownLatch(1);
  private final CountDownLatch asked = new CountDownLatch(1);
  private final Changes changes = new Changes();
  private final List<AccountStatus> accounts = new CopyOnWriteArrayList<>();
  private WebServer server;

  WebServerTest() throws IOException {}

  @BeforeEach
  void open() throws IOException {
    server = open(url, url.resolve("/oauth2/example"));
  }

  @AfterEach
  void close() {
    server.close();
    client.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/style.css", "/nothing", "/sign-in?user=x", "/oauth2/example?state=s"})
  void everyAnswerCarriesTheSecurityHeaders(String path) throws Exception {
    HttpResponse<String> answer = get(url.resolve(path));
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Referrer-Policy")).contains("same-origin");
  }

  @Test
  void theListAndItsStyleAreServed() throws Exception {
    HttpResponse<String> list = get(url);
    assertThat(list.statusCode()).isEqualTo(200);
    assertThat(list.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(list.body()).contains("ann@example.com", "href=\"/style.css\"");
    HttpResponse<String> style = get(url.resolve("/style.css"));
    assertThat(style.headers().firstValue("Content-Type")).contains("text/css; charset=utf-8");
    assertThat(style.body()).contains("color-scheme: light dark");
  }

  @Test
  void theSignInPageLeadsToTheProvider() throws Exception {
    HttpResponse<String> answer = get(url.resolve("/sign-in?user=ann%2Bx%40example.com"));
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location"))
        .contains("https://login.example/ann+x@example.com");
  }

  @Test
  void aRedirectUriElsewhereOnLoopbackIsListenedToAsWell() throws Exception {
    URI redirect = URI.create("http://127.0.0.1:" + freePort() + "/cb");
    server.close();
    server = open(url, redirect);
    assertThat(get(URI.create(redirect + "?state=s")).body()).contains("Signed in");
    assertThat(get(url).statusCode()).isEqualTo(200);
  }

  @Test
  void aRedirectUriThatComesLaterIsListenedToAndNobodyIsCutOff() throws Exception {
    URI redirect = URI.create("http://127.0.0.1:" + freePort() + "/cb");
    try (HttpClient waiting = HttpClient.newHttpClient()) {
      var slow =
          waiting.sendAsync(
              HttpRequest.newBuilder(url.resolve("/oauth2/example?state=slow")).build(),
              BodyHandlers.ofString());
      asked.await();
      accounts.add(account(redirect));
      assertThat(server.listen(url)).isTrue();
      assertThat(server.listen(url)).isFalse();
      assertThat(get(URI.create(redirect + "?state=s")).body()).contains("Signed in");
      providerAnswers.countDown();
      assertThat(slow.get().body()).contains("Signed in");
    }
    accounts.removeLast();
    assertThat(server.listen(url)).isTrue();
    assertThatThrownBy(() -> get(redirect)).isInstanceOf(ConnectException.class);
  }

  @Test
  void whereItCannotListenAllStaysAsItWas() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      URI redirect = URI.create("http://127.0.0.1:" + freePort() + "/cb");
      accounts.add(account(redirect));
      accounts.add(account(URI.create("http://127.0.0.1:" + taken.getLocalPort() + "/cb")));
      assertThatThrownBy(() -> server.listen(url)).hasMessageContaining("has the port");
      assertThat(get(url).statusCode()).isEqualTo(200);
      assertThatThrownBy(() -> get(redirect)).isInstanceOf(ConnectException.class);
    }
  }

  /**
   * It is tried every few seconds for as long as the port is taken. Other tests have descriptors
   * too, but for a while.
   */
  @Test
  void whereItCannotListenNoDescriptorIsLost() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      URI page = URI.create("http://127.0.0.1:" + taken.getLocalPort() + "/");
      long before = descriptors();
      for (int i = 0; i < 200; i++) {
        assertThatThrownBy(() -> server.listen(page)).isInstanceOf(IOException.class);
      }
      while (descriptors() - before > 150) {
        Thread.sleep(/* millis= */ 100);
      }
    }
  }

  @Test
  void aRedirectUriMayNameLocalhostAndThePageItsAddress() throws Exception {
    URI redirect = URI.create("http://localhost:" + port + "/oauth2/msal");
    server.close();
    server = open(url, redirect);
    assertThat(get(URI.create(redirect + "?state=s")).body()).contains("Signed in");
    assertThat(get(url).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "localhost", "LOCALHOST"})
  void thePageAnswersAtItsOwnAddress(String host) throws Exception {
    URI page = URI.create("http://" + host + ":" + port + "/");
    server.close();
    server = open(page, page.resolve("/oauth2/example"));
    assertThat(get(page).statusCode()).isEqualTo(200);
    assertThat(get(page.resolve("/oauth2/example?state=s")).body()).contains("Signed in");
  }

  @Test
  void aReboundNameIsTurnedAway() throws Exception {
    assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example:" + port + "\r\n\r\n"))
        .startsWith("HTTP/1.1 421")
        .doesNotContain("ann@example.com");
  }

  @Test
  void twoHostHeadersAreNoHost() throws Exception {
    String host = "Host: 127.0.0.1:" + port + "\r\n";
    assertThat(raw("GET / HTTP/1.1\r\n" + host + host + "\r\n")).startsWith("HTTP/1.1 421");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET /%zz HTTP/1.1", "GET", "\u0016\u0003\u0001\u0002", "GET http:// HTTP/1.1"})
  void nonsenseIsARefusalAndNoHarm(String line) throws Exception {
    assertThat(raw(line + "\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")).startsWith("HTTP/1.1 400");
    assertThat(get(url).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /%s HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nX: %s\r\n\r\n"})
  void aHugeRequestIsCutOff(String request) throws Exception {
    assertThat(raw(request.formatted("a".repeat(1 << 20)))).doesNotStartWith("HTTP/1.1 2");
    assertThat(get(url).statusCode()).isEqualTo(200);
  }

  @Test
  void silentAndSlowClientsDelayNobody() throws Exception {
    List<Socket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        Socket socket = new Socket(LOOPBACK, port);
        clients.add(socket);
        socket
            .getOutputStream()
            .write((i % 2 == 0 ? "" : "GET / HTTP/1.1\r\nHo").getBytes(ISO_8859_1));
      }
      assertThat(get(url).statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : clients) {
        socket.close();
      }
    }
  }

  /**
   * In a process of its own: the JDK reads its limits once, and another test may have been first.
   */
  @Test
  void silentAndSlowClientsAreDropped() throws Exception {
    int other = freePort();
    Process process = WebServerProcess.start(other);
    try (Socket silent = new Socket(LOOPBACK, other);
        Socket slow = new Socket(LOOPBACK, other)) {
      silent.setSoTimeout(50_000);
      slow.setSoTimeout(50_000);
      slow.getOutputStream().write("GET / HTTP/1.1\r\nHo".getBytes(ISO_8859_1));
      assertThat(silent.getInputStream().readAllBytes()).isEmpty();
      assertThat(slow.getInputStream().readAllBytes()).isEmpty();
    } finally {
      process.destroy();
    }
  }

  @Test
  void aProviderThatIsWaitedForDelaysNobodyElse() throws Exception {
    try (HttpClient waiting = HttpClient.newHttpClient()) {
      var slow =
          waiting.sendAsync(
              HttpRequest.newBuilder(url.resolve("/oauth2/example?state=slow")).build(),
              BodyHandlers.ofString());
      assertThat(get(url).statusCode()).isEqualTo(200);
      assertThat(slow).isNotDone();
      providerAnswers.countDown();
      assertThat(slow.get().body()).contains("Signed in");
    }
  }

  @Test
  void anOpenPageHearsOfEachChange() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(url.resolve("/changes")).build();
    HttpResponse<Stream<String>> answer = client.send(request, BodyHandlers.ofLines());
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
    try (Stream<String> lines = answer.body()) {
      Iterator<String> next = lines.iterator();
      assertThat(next.next()).isEqualTo("retry: 1000");
      assertThat(next.next()).isEmpty();
      changes.signal();
      assertThat(next.next()).isEqualTo("data:");
      assertThat(next.next()).isEmpty();
      changes.signal();
      assertThat(next.next()).isEqualTo("data:");
    }
  }

  @Test
  void aReboundNameHearsNothing() throws Exception {
    assertThat(raw("GET /changes HTTP/1.1\r\nHost: evil.example:" + port + "\r\n\r\n"))
        .startsWith("HTTP/1.1 421");
  }

  @Test
  void aBusyPortIsExplained() {
    assertThatThrownBy(() -> open(url, url.resolve("/oauth2/example")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot listen on 127.0.0.1:" + port + ": ")
        .hasMessageContaining("(process " + ProcessHandle.current().pid() + ") has the port")
        .hasMessageContaining("cfg.web_url = ");
  }

  @Test
  void closingFreesThePort() throws IOException {
    server.close();
    server = open(url, url.resolve("/oauth2/example"));
  }

  @Test
  void onlyLoopbackIsListenedOn() {
    assertThatThrownBy(() -> open(URI.create("http://0.0.0.0:" + port), url))
        .hasMessageContaining("127.0.0.1, [::1] or localhost");
  }

  private WebServer open(URI page, URI redirect) throws IOException {
    accounts.clear();
    accounts.add(account(redirect));
    WebServer opened =
        new WebServer(
            new PageSource(
                () -> List.copyOf(accounts),
                List::of,
                WebServerTest::begin,
                this::complete,
                pasted -> new SignInResult.UnknownState("a test"),
                user -> Set.of(),
                user -> new DeviceResult.UnknownUser()),
            changes);
    opened.listen(page);
    return opened;
  }

  private static AccountStatus account(URI redirect) {
    return new AccountStatus(
        StatusPageTest.account("ann@example.com", redirect.toString()),
        Condition.READY,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static BeginResult begin(String user) {
    return new BeginResult.Redirect(URI.create("https://login.example/" + user));
  }

  private SignInResult complete(URI callback) {
    if (callback.getQuery().contains("slow")) {
      asked.countDown();
      await(providerAnswers);
    }
    return new SignInResult.SignedIn("ann@example.com");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  /** Sends bytes and reads until the server closes, which it does after every answer. */
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(LOOPBACK, port));
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      return "closed: " + e.getMessage();
    }
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
      return free.getLocalPort();
    }
  }
}
