package org.cloudmdirsync.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cloudmdirsync.tls.Trust;

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
  private final Connector connector;

  /** A thread for each exchange, so that one that takes too long can be left behind. */
  private final ExecutorService exchanges = Executors.newVirtualThreadPerTaskExecutor();

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
   * Opens nothing yet: TLS comes with the first request, since it costs megabytes.
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
    this.connector = new Connector(trust, proxies, new Lookups());
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * Posts a form ({@code application/x-www-form-urlencoded}, UTF-8). Since no cache answers, the
   * answer tells whether this machine's clock is right; if not, the log says so.
   */
  public HttpResult post(URI uri, Map<String, String> form, Map<String, String> headers) {
    Instant sent = clock.instant();
    HttpResult result = ask(Request.post(uri, encoded(form), headers));
    if (result instanceof HttpResult.Answer answer && answer.date().isPresent()) {
      clockCheck.compare(uri.getHost(), sent, answer.date().get(), clock.instant());
    }
    return result;
  }

  /** Gets a document. */
  public HttpResult get(URI uri, Map<String, String> headers) {
    return ask(Request.get(uri, headers));
  }

  /** Breaks off what is under way; nothing can be asked afterwards. */
  @Override
  public void close() {
    exchanges.shutdownNow();
  }

  private HttpResult ask(Request request) {
    Optional<String> objection =
        Addresses.objection(request.uri())
            .or(() -> proxies.objection(request.uri()))
            .or(request::objection);
    if (objection.isPresent()) {
      return new HttpResult.NoAnswer(objection.get());
    }
    Failures failures = new Failures(request.uri(), proxies, limits);
    try {
      trust.context();
      return await(exchanges.submit(() -> exchange(request)), failures);
    } catch (IOException e) {
      return failures.noTrust(e);
    } catch (RejectedExecutionException closed) {
      return failures.interrupted();
    }
  }

  private HttpResult await(Future<HttpResult> exchange, Failures failures) {
    try {
      return exchange.get(limits.whole().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Interrupts its virtual thread, which closes the socket that it waits for.
      exchange.cancel(true);
      return failures.tooSlow();
    } catch (ExecutionException e) {
      return exchanges.isShutdown() ? failures.interrupted() : failures.explain(e);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      return failures.interrupted();
    }
  }

  private HttpResult exchange(Request request) throws IOException {
    try (Socket socket = connector.open(request.uri(), Deadline.in(limits.connect()))) {
      socket.getOutputStream().write(request.bytes());
      AnswerReader answer = new AnswerReader(new BufferedInputStream(socket.getInputStream()));
      Head head = answer.head();
      return AnswerHeaders.answer(head, answer.body(head, limits.body()), clock.instant());
    }
  }

  private static String encoded(Map<String, String> form) {
    StringJoiner fields = new StringJoiner("&");
    form.forEach((name, value) -> fields.add(encoded(name) + "=" + encoded(value)));
    return fields.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
