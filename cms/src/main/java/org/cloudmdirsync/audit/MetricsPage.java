package org.cloudmdirsync.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/** The figures for a Prometheus on this machine, at {@code cfg.metrics_url}. */
public final class MetricsPage implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(MetricsPage.class.getName());

  private final Supplier<String> figures;
  private Optional<URI> address = Optional.empty();
  private Optional<HttpServer> server = Optional.empty();

  /**
   * Opens nothing yet.
   *
   * @param figures asked anew for every reader
   */
  public MetricsPage(Supplier<String> figures) {
    this.figures = figures;
  }

  /** Moves to an address, or closes; a port that is taken is a warning, tokens matter more. */
  public synchronized void open(Optional<URI> wanted) {
    if (wanted.equals(address)) {
      return;
    }
    close();
    address = wanted;
    wanted.ifPresent(this::listen);
  }

  private void listen(URI url) {
    try {
      HttpServer opened = HttpServer.create(new InetSocketAddress(host(url), port(url)), 0);
      opened.setExecutor(task -> Thread.ofVirtual().name("metrics").start(task));
      opened.createContext("/", exchange -> serve(exchange, url));
      opened.start();
      server = Optional.of(opened);
      LOG.log(Level.INFO, "metrics at " + url);
    } catch (IOException taken) {
      LOG.log(
          Level.WARNING,
          "no metrics at " + url + ": " + taken.getMessage() + "; choose another port");
    }
  }

  /** The name is not looked up: a resolver may be wrong. */
  private static InetAddress host(URI url) {
    String host = url.getHost();
    return InetAddress.ofLiteral(host.equalsIgnoreCase("localhost") ? "127.0.0.1" : host);
  }

  private static int port(URI url) {
    return url.getPort() >= 0 ? url.getPort() : 80;
  }

  private void serve(HttpExchange exchange, URI url) throws IOException {
    try (exchange) {
      int status = status(exchange, url);
      byte[] body = (status == 200 ? figures.get() : "see " + url + "\n").getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", MetricsText.CONTENT_TYPE);
      exchange.getResponseHeaders().set("Connection", "close");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Another Host is some web page's, whose name was bound to our address (DNS rebinding). */
  private static int status(HttpExchange exchange, URI url) {
    String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
    if (!host.equalsIgnoreCase(url.getRawAuthority())) {
      return 421;
    } else if (!exchange.getRequestMethod().equals("GET")) {
      return 405;
    }
    return exchange.getRequestURI().getPath().equals(url.getPath()) ? 200 : 404;
  }

  @Override
  public synchronized void close() {
    server.ifPresent(open -> open.stop(0));
    server = Optional.empty();
    address = Optional.empty();
  }
}
