package org.cloudmdirsync.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.cloudmdirsync.account.AccountStatus;
import org.cloudmdirsync.account.Accounts;
import org.cloudmdirsync.account.BeginResult;
import org.cloudmdirsync.account.SignInResult;

/**
 * The page on loopback: how the accounts stand, where to sign in, and the place providers send the
 * browser back to. Each request has a virtual thread of its own; a slow client delays nobody.
 */
public final class WebServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(WebServer.class.getName());

  private final List<HttpServer> servers = new ArrayList<>();

  private WebServer() {}

  /**
   * Listens at the page's address, and wherever else an account's redirect URI points.
   *
   * @param webUrl http on a loopback host
   * @throws IOException that says which address cannot be had, who has it, and what to do
   */
  public static WebServer open(URI webUrl, Accounts accounts) throws IOException {
    return open(webUrl, accounts::status, accounts.signIns()::begin, accounts.signIns()::complete);
  }

  /** The same, with whatever answers for the accounts. */
  static WebServer open(
      URI webUrl,
      Supplier<List<AccountStatus>> accounts,
      Function<String, BeginResult> begin,
      Function<URI, SignInResult> complete)
      throws IOException {
    Set<InetSocketAddress> addresses = new LinkedHashSet<>(Loopback.listeners(webUrl));
    for (AccountStatus status : accounts.get()) {
      addresses.addAll(Loopback.listeners(status.account().redirectUri()));
    }
    Site site = new Site(authorities(addresses), accounts, begin, complete);
    return new WebServer().listen(addresses, site);
  }

  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
  }

  private WebServer listen(Set<InetSocketAddress> addresses, Site site) throws IOException {
    Limits.apply();
    try {
      for (InetSocketAddress address : addresses) {
        servers.add(start(address, site));
      }
      return this;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private static HttpServer start(InetSocketAddress address, Site site) throws IOException {
    try {
      HttpServer server = HttpServer.create(address, 0);
      server.setExecutor(task -> Thread.ofVirtual().name("web").start(task));
      server.createContext("/", exchange -> serve(exchange, site));
      server.start();
      return server;
    } catch (BindException e) {
      throw cannotListen(address, e);
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

  private static void serve(HttpExchange exchange, Site site) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange, site);
      // The path alone: a query may hold a code.
      LOG.log(
          System.Logger.Level.DEBUG,
          () ->
              "web request: %s %s: HTTP %d"
                  .formatted(
                      exchange.getRequestMethod(),
                      exchange.getRequestURI().getRawPath(),
                      answer.status()));
      send(exchange, answer);
    }
  }

  private static Answer answer(HttpExchange exchange, Site site) {
    try {
      return site.answer(Request.of(exchange));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "web page: a mistake of ours, please report it", e);
      return Answer.notice(500, "A mistake of ours", "The daemon's log says more.");
    }
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
        .flatMap(address -> Loopback.authorities(address.getPort()).stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
