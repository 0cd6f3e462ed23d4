package org.cloudmdirsync.http;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.cloudmdirsync.tls.Trust;
import org.jspecify.annotations.Nullable;

/**
 * Asks a JSON service one question and brings home the answer, whatever it is.
 *
 * <p>Nothing is thrown: a failure is a {@link HttpResult.NoAnswer}. Redirects are never followed,
 * for a form with a secret must not travel on, and a captive portal answers with one. Only https is
 * spoken, except to loopback. Thread-safe; requests do not wait for each other.
 */
public final class Http implements AutoCloseable {
  private final Trust trust;
  private final Proxies proxies;
  private final InstantSource clock;
  private final Limits limits;
  private final ClockCheck clockCheck = new ClockCheck();
  private @Nullable HttpClient client;

  /**
   * How long and how much.
   *
   * @param connect for TCP, the proxy and TLS
   * @param whole from the first packet to the last byte of the answer, so that an answer that drips
   *     ends too
   * @param body in bytes
   */
  record Limits(Duration connect, Duration whole, int body) {
    /**
     * 30 s: token endpoints answer within 10 s or not at all. 1 MiB: a token with hundreds of
     * groups takes 20 kB, a provider's metadata 10 kB.
     */
    static final Limits USUAL = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(30), 1 << 20);
  }

  /**
   * Opens nothing yet: the client comes with the first request, since TLS costs megabytes.
   *
   * @param trust whom to trust; read at the first request
   * @param environment where {@code HTTPS_PROXY} and {@code NO_PROXY} are looked up
   */
  public Http(Trust trust, Map<String, String> environment) {
    this(trust, environment, InstantSource.system(), Limits.USUAL);
  }

  Http(Trust trust, Map<String, String> environment, InstantSource clock, Limits limits) {
    this.trust = trust;
    this.proxies = Proxies.of(environment);
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * Posts a form ({@code application/x-www-form-urlencoded}, UTF-8). Since no cache answers, the
   * answer tells whether this machine's clock is right; if not, the log says so.
   */
  public HttpResult post(URI uri, Map<String, String> form, Map<String, String> headers) {
    String body =
        form.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    Instant sent = clock.instant();
    HttpResult result =
        ask(
            uri,
            headers,
            request ->
                request
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
    if (result instanceof HttpResult.Answer answer && answer.date().isPresent()) {
      clockCheck.compare(uri.getHost(), sent, answer.date().get(), clock.instant());
    }
    return result;
  }

  /** Gets a document. */
  public HttpResult get(URI uri, Map<String, String> headers) {
    return ask(uri, headers, HttpRequest.Builder::GET);
  }

  /** Breaks off what is under way; nothing can be asked afterwards. */
  @Override
  public synchronized void close() {
    if (client != null) {
      client.shutdownNow();
    }
  }

  private HttpResult ask(
      URI uri, Map<String, String> headers, UnaryOperator<HttpRequest.Builder> method) {
    Optional<String> objection = Addresses.objection(uri).or(() -> proxies.objection(uri));
    if (objection.isPresent()) {
      return new HttpResult.NoAnswer(objection.get());
    }
    HttpRequest.Builder request =
        method.apply(
            HttpRequest.newBuilder(uri)
                .header("Accept", "application/json")
                .header("User-Agent", "cloud-mdir-sync"));
    headers.forEach(request::setHeader);
    return send(request.build());
  }

  private HttpResult send(HttpRequest request) {
    Failures failures = new Failures(request.uri(), proxies, limits);
    HttpClient open;
    try {
      open = client(trust.context());
    } catch (IOException e) {
      return failures.noTrust(e);
    }
    CompletableFuture<HttpResponse<byte[]>> exchange =
        open.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.body()));
    try {
      HttpResponse<byte[]> response =
          exchange.get(limits.whole().toMillis(), TimeUnit.MILLISECONDS);
      return response.statusCode() == HttpURLConnection.HTTP_PROXY_AUTH
          ? failures.proxyAuthentication()
          : AnswerHeaders.answer(response, clock.instant());
    } catch (TimeoutException e) {
      exchange.cancel(true);
      return failures.tooSlow();
    } catch (ExecutionException e) {
      return failures.explain(e);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      return failures.interrupted();
    }
  }

  private synchronized HttpClient client(SSLContext tls) {
    if (client == null) {
      client =
          proxies
              .configure(HttpClient.newBuilder())
              .sslContext(tls)
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(limits.connect())
              .executor(Executors.newVirtualThreadPerTaskExecutor())
              .build();
    }
    return client;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
