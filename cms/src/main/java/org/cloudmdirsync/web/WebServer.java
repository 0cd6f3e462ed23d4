package org.cloudmdirsync.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.cloudmdirsync.account.AccountStatus;

/**
 * The page on loopback: how the accounts stand, where to sign in, and the place providers send the
 * browser back to. Each request has a virtual thread of its own; a slow client delays nobody.
 */
public final class WebServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(WebServer.class.getName());

  /** A page asks again by itself; so a stream whose reader is gone does not stay for long. */
  private static final Duration STREAM = Duration.ofSeconds(30);

  /** Several changes that come together are one. */
  private static final Duration TOGETHER = Duration.ofMillis(100);

  private final PageSource source;
  private final Changes changes;
  private final DeviceSignIns devices;
  private final Map<InetSocketAddress, HttpServer> servers = new HashMap<>();
  private volatile Site site;

  /**
   * Listens nowhere yet.
   *
   * @param source what the page shows
   * @param changes tells open pages to look again
   */
  public WebServer(PageSource source, Changes changes) {
    this.source = source;
    this.changes = changes;
    this.devices = new DeviceSignIns(changes);
    this.site = new Site(Set.of(), source, devices);
  }

  /**
   * Listens at the page's address, and wherever else an account's redirect URI points at this
   * moment; from now on nowhere else. Who is served at an address that stays notices nothing.
   *
   * @param webUrl http on a loopback host
   * @return whether that is anywhere else than before
   * @throws IOException that says which address cannot be had, who has it, and what to do; all
   *     stays as it was then
   */
  public synchronized boolean listen(URI webUrl) throws IOException {
    Set<InetSocketAddress> wanted = addresses(webUrl);
    if (wanted.equals(servers.keySet())) {
      return false;
    }
    Set<InetSocketAddress> missing = new LinkedHashSet<>(wanted);
    missing.removeAll(servers.keySet());
    Site before = site;
    site = new Site(authorities(wanted), source, devices); // before the first can come there
    try {
      servers.putAll(started(missing));
    } catch (IOException e) {
      site = before;
      throw e;
    }
    stop(address -> !wanted.contains(address));
    return true;
  }

  @Override
  public synchronized void close() {
    devices.close();
    stop(_ -> true);
  }

  private void stop(Predicate<InetSocketAddress> which) {
    servers.forEach((address, server) -> {
      if (which.test(address)) {
        server.stop(0);
      }
    });
    servers.keySet().removeIf(which);
  }

  private Set<InetSocketAddress> addresses(URI webUrl) throws IOException {
    Set<InetSocketAddress> addresses = new LinkedHashSet<>(Loopback.listeners(webUrl));
    for (AccountStatus status : source.accounts().get()) {
      addresses.addAll(Loopback.listeners(status.account().redirectUri()));
    }
    return addresses;
  }

  /** All of them, or none. */
  private Map<InetSocketAddress, HttpServer> started(Set<InetSocketAddress> addresses)
      throws IOException {
    Limits.apply();
    Map<InetSocketAddress, HttpServer> started = new HashMap<>();
    try {
      for (InetSocketAddress address : addresses) {
        started.put(address, start(address));
      }
      return started;
    } catch (IOException e) {
      started.values().forEach(server -> server.stop(0));
      throw e;
    }
  }

  private HttpServer start(InetSocketAddress address) throws IOException {
    try {
      bindOnce(address);
      HttpServer server = HttpServer.create(address, 0);
      server.setExecutor(task -> Thread.ofVirtual().name("web").start(task));
      server.createContext("/", this::serve);
      server.start();
      return server;
    } catch (BindException e) {
      throw cannotListen(address, e);
    }
  }

  /**
   * The JDK's server that finds its port taken keeps the descriptor, at every try: so not there.
   */
  private static void bindOnce(InetSocketAddress address) throws IOException {
    try (ServerSocketChannel socket = ServerSocketChannel.open()) {
      socket.bind(address);
    }
  }

  private static IOException cannotListen(InetSocketAddress address, BindException cause) {
    int port = address.getPort();
    String where = "cannot listen on " + address.getAddress().getHostAddress() + ":" + port + ": ";
    String why =
        PortHolder.of(port)
            .map(holder -> holder + " has the port. Stop it, or set another port: " + another(port))
            .orElse(String.valueOf(cause.getMessage()));
    return new IOException(where + why, cause);
  }

  private static String another(int port) {
    return "cfg.web_url = \"http://127.0.0.1:" + (port < 65_535 ? port + 1 : 8080) + "/\"";
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request = Request.of(exchange);
      if (request.path().equals(Site.CHANGES) && site.objection(request).isEmpty()) {
        stream(exchange);
      } else {
        send(exchange, logged(request, answer(request)));
      }
    }
  }

  private Answer answer(Request request) {
    try {
      return site.answer(request);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "web page: a mistake of ours, please report it", e);
      return Answer.notice(500, "A mistake of ours", "The daemon's log says more.");
    }
  }

  private static Answer logged(Request request, Answer answer) {
    // The path alone: a query may hold a code.
    LOG.log(
        System.Logger.Level.DEBUG,
        () ->
            "web request: %s %s: HTTP %d"
                .formatted(request.method(), request.path(), answer.status()));
    return answer;
  }

  /** An empty message per change (HTML standard, server-sent events); the page then asks again. */
  private void stream(HttpExchange exchange) throws IOException {
    Answer.ALWAYS.forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.getResponseHeaders().set("Connection", "close");
    exchange.sendResponseHeaders(200, /* of unknown length */ 0);
    OutputStream out = exchange.getResponseBody();
    write(out, "retry: 1000\n\n");
    long end = System.nanoTime() + STREAM.toNanos();
    long seen = changes.count();
    try {
      for (long left = STREAM.toNanos(); left > 0; left = end - System.nanoTime()) {
        long now = changes.await(seen, Duration.ofNanos(left));
        if (now != seen) {
          Thread.sleep(TOGETHER);
          seen = changes.count();
          write(out, "data:\n\n");
        }
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    Answer.ALWAYS.forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Connection", "close");
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static Set<String> authorities(Set<InetSocketAddress> addresses) {
    return addresses.stream()
        .flatMap(address -> Loopback.authorities(address).stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
