package org.cloudmdirsync.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cloudmdirsync.http.HttpResult.Answer;
import org.cloudmdirsync.http.HttpResult.NoAnswer;
import org.cloudmdirsync.tls.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://login.example.com/      |                             | yes
          https://login.example.com/      | example.org                 | yes
          https://login.example.com/      | example.com                 | no
          https://login.example.com/      | .example.com                | no
          https://login.example.com/      | *.example.com               | no
          https://login.example.com/      | LOGIN.example.COM           | no
          https://login.example.com/      | ogin.example.com            | yes
          https://login.example.com/      | a.org, login.example.com    | no
          https://login.example.com/      | login.example.com:443       | no
          https://login.example.com:8443/ | login.example.com:443       | yes
          https://login.example.com/      | *                           | no
          https://localhost/              |                             | no
          https://127.0.0.1:8443/         |                             | no
          https://[::1]/                  |                             | no
          """)
  void leavesOutWhatNoProxyLists(String address, String noProxy, String expected) {
    Proxies proxies =
        Proxies.of(
            Map.of(
                "HTTPS_PROXY",
                "proxy.example.com:3128",
                "NO_PROXY",
                noProxy == null ? "" : noProxy));
    assertThat(proxies.via(URI.create(address)))
        .isEqualTo(expected.equals("yes") ? " (through the proxy proxy.example.com:3128)" : "");
  }

  @Test
  void lowerCaseWins() {
    Proxies proxies = Proxies.of(Map.of("HTTPS_PROXY", "one:1", "https_proxy", "two:2"));
    assertThat(proxies.via(URI.create("https://login.example.com/"))).contains("two:2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://proxy:1080", "https://proxy:3129", "http://", "::::"})
  void saysWhichProxiesItCannotUse(String proxy) {
    Proxies proxies = Proxies.of(Map.of("https_proxy", proxy));
    assertThat(proxies.objection(URI.create("https://login.example.com/")).orElseThrow())
        .contains("http://host:port");
    assertThat(proxies.objection(URI.create("http://localhost/"))).isEmpty();
  }

  @Test
  void tunnelsThroughTheProxy() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.open(
                TestCertificates.get().server("wronghost"), ScriptedServer.json(200, "{}"));
        TunnelProxy proxy = new TunnelProxy(server.port(), "");
        Http http = through("http://127.0.0.1:" + proxy.port())) {
      // The certificate is for smtp.example.net, and only the proxy knows where that is.
      assertThat(http.get(URI.create("https://smtp.example.net/"), Map.of()))
          .isInstanceOf(Answer.class);
      assertThat(proxy.asked).first().asString().startsWith("CONNECT smtp.example.net:443 ");
    }
  }

  @Test
  void signsInToTheProxy() throws Exception {
    String login = "Basic am9lOnAhc3M="; // joe:p!ss
    try (ScriptedServer server =
            ScriptedServer.open(
                TestCertificates.get().server("wronghost"), ScriptedServer.json(200, "{}"));
        TunnelProxy proxy = new TunnelProxy(server.port(), login);
        Http http = through("http://joe:p%21ss@127.0.0.1:" + proxy.port())) {
      assertThat(http.get(URI.create("https://smtp.example.net/"), Map.of()))
          .isInstanceOf(Answer.class);
      assertThat(server.onlyRequest().headers()).doesNotContainKey("proxy-authorization");
    }
  }

  @Test
  void saysThatTheProxyWantsAPassword() throws Exception {
    try (TunnelProxy proxy = new TunnelProxy(1, "Basic something");
        Http http = through("http://127.0.0.1:" + proxy.port())) {
      assertThat(http.get(URI.create("https://smtp.example.net/"), Map.of()))
          .isInstanceOfSatisfying(
              NoAnswer.class, it -> assertThat(it.reason()).contains("proxy wants a user name"));
    }
  }

  @Test
  void saysThatTheProxyRefuses() throws Exception {
    String nobody = "HTTP/1.1 403 No\r\n";
    try (ScriptedServer proxy = ScriptedServer.open(ScriptedServer.says(nobody, "hush"));
        Http http = through("http://127.0.0.1:" + proxy.port())) {
      assertThat(http.get(URI.create("https://smtp.example.net/"), Map.of()))
          .isEqualTo(
              new NoAnswer(
                  "smtp.example.net (through the proxy 127.0.0.1:"
                      + proxy.port()
                      + "): the proxy refused to connect"));
    }
  }

  private static Http through(String proxy) {
    return new Http(TestCertificates.get().trust(), Map.of("https_proxy", proxy));
  }

  /** Connects everybody to one local port, whatever they ask for. */
  private static final class TunnelProxy implements AutoCloseable {
    final List<String> asked = new CopyOnWriteArrayList<>();
    private final ServerSocket listener;
    private final int target;
    private final String login;

    TunnelProxy(int target, String login) throws IOException {
      this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      this.target = target;
      this.login = login;
      Thread.ofVirtual().start(this::accept);
    }

    int port() {
      return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }

    private void accept() {
      try {
        while (true) {
          Socket client = listener.accept();
          Thread.ofVirtual().start(() -> serve(client));
        }
      } catch (IOException e) {
        // Closed: the test is over.
      }
    }

    private void serve(Socket client) {
      try (client) {
        String head = head(client.getInputStream());
        asked.add(head);
        if (!login.isEmpty() && !head.contains("Proxy-Authorization: " + login + "\r\n")) {
          say(
              client,
              String.join(
                  "\r\n",
                  "HTTP/1.1 407 No",
                  "Proxy-Authenticate: Basic realm=\"p\"",
                  "Content-Length: 0",
                  "Connection: close",
                  "",
                  ""));
          return;
        }
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
          say(client, "HTTP/1.1 200 OK\r\n\r\n");
          Thread back = Thread.ofVirtual().start(() -> copy(server, client));
          copy(client, server);
          back.join();
        }
      } catch (IOException | InterruptedException e) {
        // The client went away; the test sees that from its own side.
      }
    }

    private static void say(Socket to, String words) throws IOException {
      to.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
    }

    private static void copy(Socket from, Socket to) {
      try (to) {
        OutputStream out = to.getOutputStream();
        from.getInputStream().transferTo(out);
      } catch (IOException e) {
        // Either end may close first.
      }
    }

    private static String head(InputStream in) throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          break;
        }
        head.append((char) next);
      }
      return head.toString();
    }
  }
}
