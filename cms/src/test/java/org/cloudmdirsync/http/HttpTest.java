package org.cloudmdirsync.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.cloudmdirsync.http.HttpResult.Answer;
import org.cloudmdirsync.http.HttpResult.NoAnswer;
import org.cloudmdirsync.tls.TestCertificates;
import org.cloudmdirsync.tls.Trust;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTest {
  private static final InstantSource CLOCK = () -> Instant.parse("2026-05-04T10:11:12Z");
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void letHangingServersGo() {
    over.countDown();
  }

  @Test
  void postsAForm() throws Exception {
    try (ScriptedServer server = ScriptedServer.open(ScriptedServer.json(200, "{}"));
        Http http = http(Duration.ofSeconds(10))) {
      HttpResult result =
          http.post(server.uri("/token"), Map.of("a", "1 +&=/ü"), Map.of("Origin", "http://here"));

      assertThat(result).isInstanceOf(Answer.class);
      ScriptedServer.Request request = server.onlyRequest();
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.body()).isEqualTo("a=1+%2B%26%3D%2F%C3%BC");
      assertThat(request.headers())
          .containsEntry("content-type", "application/x-www-form-urlencoded")
          .containsEntry("accept", "application/json")
          .containsEntry("origin", "http://here");
    }
  }

  @Test
  void bringsHomeAnAnswerOfAnyStatus() throws Exception {
    String head =
        String.join(
            "\r\n",
            "HTTP/1.1 503 Busy",
            "Content-Type: Text/HTML; charset=utf-8",
            "Retry-After: 17",
            "Date: Mon, 04 May 2026 10:11:12 GMT",
            "");
    try (ScriptedServer server = ScriptedServer.open(ScriptedServer.says(head, "<html>é"));
        Http http = http(Duration.ofSeconds(10))) {
      assertThat(http.get(server.uri("/"), Map.of()))
          .isEqualTo(
              new Answer(
                  503,
                  "text/html",
                  new Body("<html>é"),
                  java.util.Optional.of(Duration.ofSeconds(17)),
                  java.util.Optional.of(CLOCK.instant())));
    }
  }

  @Test
  void doesNotPrintABody() {
    assertThat(new Body("{\"access_token\":\"hush\"}").toString()).doesNotContain("hush");
    assertThat(Json.object("{\"access_token\":\"hush\"}").orElseThrow().toString())
        .doesNotContain("hush");
  }

  @Test
  void followsNoRedirect() throws Exception {
    String head = "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\n";
    try (ScriptedServer server = ScriptedServer.open(ScriptedServer.says(head, ""));
        Http http = http(Duration.ofSeconds(10))) {
      assertThat(http.post(server.uri("/token"), Map.of("a", "b"), Map.of()))
          .isInstanceOfSatisfying(Answer.class, it -> assertThat(it.status()).isEqualTo(302));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void endsAnAnswerThatDrips() throws Exception {
    ScriptedServer.Script drip =
        (_, out) -> {
          out.write((OK + "Content-Length: 1000\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
          while (!over.await(20, TimeUnit.MILLISECONDS)) {
            out.write(' ');
            out.flush();
          }
        };
    try (ScriptedServer server = ScriptedServer.open(drip);
        Http http = http(Duration.ofMillis(300))) {
      assertThat(reason(http.get(server.uri("/"), Map.of())))
          .contains("localhost did not answer completely within");
    }
  }

  @Test
  void endsASilence() throws Exception {
    try (ScriptedServer server = ScriptedServer.open((_, _) -> over.await());
        Http http = http(Duration.ofMillis(300))) {
      assertThat(reason(http.post(server.uri("/"), Map.of(), Map.of()))).contains("did not answer");
    }
  }

  @Test
  void takesNoMoreThanTheLimit() throws Exception {
    String huge = "x".repeat(2000);
    try (ScriptedServer server = ScriptedServer.open(ScriptedServer.json(200, huge));
        Http http = http(Duration.ofSeconds(10))) {
      assertThat(reason(http.get(server.uri("/"), Map.of()))).contains("sent more than 1024 bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hush-hush\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhush-hush",
        "HTTP/1.1 200 OK\r\nContent-Length: hush-hush\r\n\r\n",
        "HTTP/1.1 hush-hush\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhush-hush\r\n",
      })
  void survivesHalfAnAnswerAndRepeatsNothingOfIt(String bytes) throws Exception {
    try (ScriptedServer server =
            ScriptedServer.open((_, out) -> out.write(bytes.getBytes(StandardCharsets.US_ASCII)));
        Http http = http(Duration.ofSeconds(10))) {
      assertThat(reason(http.post(server.uri("/"), Map.of(), Map.of())))
          .startsWith("localhost")
          .doesNotContain("hush");
    }
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    try (Http http = http(Duration.ofSeconds(10))) {
      assertThat(reason(http.get(URI.create("http://127.0.0.1:" + free), Map.of())))
          .startsWith("127.0.0.1 cannot be connected to");
    }
  }

  @Test
  void saysThatAHostIsUnknown() {
    try (Http http = http(Duration.ofSeconds(20))) {
      assertThat(reason(http.get(URI.create("https://nowhere.invalid/"), Map.of())))
          .isEqualTo("nowhere.invalid: the host name cannot be resolved");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://login.example.com/token",
        "http://127.0.0.1.example.com/",
        "http://localhost.example.com/",
        "ftp://localhost/",
        "http:///token",
        "https:token",
        "/token",
      })
  void speaksHttpsOnly(String address) {
    try (Http http = http(Duration.ofSeconds(10))) {
      assertThat(reason(http.get(URI.create(address), Map.of()))).startsWith("not asked: ");
    }
  }

  @Test
  void trustsACertificateOfTheAuthority() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.open(
                TestCertificates.get().server("good"), ScriptedServer.json(200, "{}"));
        Http http = http(Duration.ofSeconds(10))) {
      assertThat(http.get(server.uri("/"), Map.of())).isInstanceOf(Answer.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"expired", "wronghost", "stranger"})
  void trustsNoOther(String certificate) throws Exception {
    try (ScriptedServer server =
            ScriptedServer.open(
                TestCertificates.get().server(certificate), ScriptedServer.json(200, "{}"));
        Http http = http(Duration.ofSeconds(10))) {
      assertThat(reason(http.get(server.uri("/"), Map.of())))
          .startsWith("localhost: ")
          .contains("certificat");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void saysThatTheCertificatesAreMissing() {
    try (Http http = new Http(Trust.system(Map.of("SSL_CERT_FILE", "/nowhere/ca.pem")), Map.of())) {
      assertThat(reason(http.get(URI.create("https://login.example.com/"), Map.of())))
          .startsWith("cannot ask login.example.com: ")
          .contains("/nowhere/ca.pem");
    }
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    try (ScriptedServer server = ScriptedServer.open((_, _) -> over.await());
        Http http = http(Duration.ofSeconds(30))) {
      Thread.currentThread().interrupt();
      assertThat(reason(http.get(server.uri("/"), Map.of()))).contains("stopped");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aRequestWithALineBreakIsNotMade() throws Exception {
    try (ScriptedServer server = ScriptedServer.open(ScriptedServer.json(200, "{}"));
        Http http = http(Duration.ofSeconds(10))) {
      assertThat(reason(http.get(server.uri("/"), Map.of("Origin", "a\r\nX: hush"))))
          .startsWith("not asked: ")
          .doesNotContain("hush");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void closingBreaksOffWhatIsUnderWay() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    ScriptedServer.Script silence =
        (_, _) -> {
          asked.countDown();
          over.await();
        };
    Http http = http(Duration.ofSeconds(30));
    try (ScriptedServer server = ScriptedServer.open(silence)) {
      FutureTask<HttpResult> asking = new FutureTask<>(() -> http.get(server.uri("/"), Map.of()));
      Thread.startVirtualThread(asking);
      asked.await();
      http.close();
      assertThat(reason(asking.get(5, TimeUnit.SECONDS))).contains("stopped");
      assertThat(reason(http.get(server.uri("/"), Map.of()))).contains("stopped");
    }
  }

  private static Http http(Duration whole) {
    return new Http(
        TestCertificates.get().trust(),
        Map.of(),
        CLOCK,
        new Http.Limits(Duration.ofSeconds(5), whole, 1024));
  }

  private static String reason(HttpResult result) {
    assertThat(result).isInstanceOf(NoAnswer.class);
    return ((NoAnswer) result).reason();
  }
}
