package org.cloudmdirsync.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The Java interface of {@link Simulator} once more, as JSON over plain HTTP on loopback. */
final class AdminServer {
  // A client's own time-out is rarely longer.
  private static final int LONGEST_WAIT = 60; // seconds

  private final Simulator simulator;
  private final Cloud cloud;
  private final Mails mails;
  private final Map<String, Function<HttpRequest, Object>> calls;

  AdminServer(Simulator simulator, Cloud cloud, Mails mails) {
    this.simulator = simulator;
    this.cloud = cloud;
    this.mails = mails;
    this.calls =
        Map.ofEntries(
            Map.entry("GET /", _ -> calls()),
            Map.entry("GET /addresses", _ -> simulator.addresses()),
            Map.entry("GET /switches", _ -> cloud.switches().all()),
            Map.entry("POST /switches", this::setSwitches),
            Map.entry("DELETE /switches", _ -> done(cloud.switches()::reset)),
            Map.entry("GET /faults", _ -> faults()),
            Map.entry("POST /faults", this::addFault),
            Map.entry("DELETE /faults", _ -> done(this::clearFaults)),
            Map.entry("GET /counters", _ -> cloud.counters().all()),
            Map.entry("DELETE /counters", _ -> done(cloud.counters()::reset)),
            Map.entry("GET /wait", this::await),
            Map.entry("GET /journal", this::journal),
            Map.entry("GET /tokens", _ -> cloud.vault().listing(cloud.clock().instant())),
            Map.entry("POST /tokens/expire", this::expire),
            Map.entry("POST /tokens/revoke", this::revoke),
            Map.entry("GET /messages", _ -> messages()),
            Map.entry("DELETE /messages", _ -> done(mails::clear)),
            Map.entry("GET /directory", _ -> cloud.directory().listing()),
            Map.entry("POST /users", this::users),
            Map.entry("POST /shared", this::share),
            Map.entry("POST /clients", this::register));
  }

  HttpOutcome serve(HttpRequest request) {
    if (request.path().equals("/ca.pem")) {
      return HttpOutcome.Reply.text(200, simulator.authority());
    }
    Function<HttpRequest, Object> call = calls.get(request.method() + " " + request.path());
    if (call == null) {
      return problem(404, "no such call; GET / lists them");
    }
    try {
      return HttpOutcome.Reply.json(200, call.apply(request));
    } catch (IllegalArgumentException e) {
      return problem(400, String.valueOf(e.getMessage()));
    }
  }

  private static HttpOutcome.Reply problem(int status, String words) {
    return HttpOutcome.Reply.json(status, Map.of("problem", words));
  }

  private List<String> calls() {
    return calls.keySet().stream().sorted().toList();
  }

  private static Object done(Runnable action) {
    action.run();
    return Map.of("done", true);
  }

  private Object setSwitches(HttpRequest request) {
    cloud.switches().set(Json.readObject(request.body()));
    return cloud.switches().all();
  }

  private Object faults() {
    Map<String, Object> all = new TreeMap<>(cloud.httpFaults().pending());
    all.putAll(cloud.mailFaults().pending());
    return all;
  }

  private Object addFault(HttpRequest request) {
    FaultOrder.read(Json.readObject(request.body())).place(cloud);
    return faults();
  }

  private void clearFaults() {
    cloud.httpFaults().clear();
    cloud.mailFaults().clear();
  }

  /** Waits for a counter, so that scripts need not sleep. */
  private Object await(HttpRequest request) {
    int seconds = Integer.parseInt(request.query().get("seconds").orElse("10"));
    try {
      boolean reached =
          cloud
              .counters()
              .await(
                  request.query().text("counter"),
                  Integer.parseInt(request.query().get("value").orElse("1")),
                  Duration.ofSeconds(Math.min(seconds, LONGEST_WAIT)));
      return Map.of("reached", reached);
    } catch (InterruptedException e) {
      throw new IllegalArgumentException("interrupted", e);
    }
  }

  private Object journal(HttpRequest request) {
    Optional<String> kind = request.query().get("kind");
    return cloud.journal().all().stream()
        .filter(entry -> kind.isEmpty() || kind.get().equals(entry.kind()))
        .map(entry -> Map.of("kind", entry.kind(), "details", entry.details()))
        .toList();
  }

  private Object expire(HttpRequest request) {
    Optional<String> user = request.parameters().get("user");
    return done(() ->
        cloud
            .vault()
            .expireAccessTokens(
                consent -> user.isEmpty() || consent.user().equals(user.get()),
                cloud.clock().instant()));
  }

  private Object revoke(HttpRequest request) {
    String user =
        request
            .parameters()
            .get("user")
            .orElseThrow(() -> new IllegalArgumentException("?user= is missing"));
    return done(() -> simulator.revokeRefreshTokens(user));
  }

  private Object messages() {
    return mails.all().stream()
        .map(mail ->
            Map.of(
                "server", mail.server().name(),
                "user", mail.user(),
                "sender", mail.sender(),
                "recipients", mail.recipients(),
                "content", mail.content()))
        .toList();
  }

  private Object users(HttpRequest request) {
    cloud.directory().users(words(Json.readObject(request.body()), "users"));
    return cloud.directory().listing();
  }

  private Object share(HttpRequest request) {
    Map<String, Object> body = Json.readObject(request.body());
    cloud.directory().share(text(body, "mailbox"), Set.copyOf(words(body, "with")));
    return cloud.directory().listing();
  }

  private Object register(HttpRequest request) {
    Map<String, Object> body = Json.readObject(request.body());
    cloud
        .directory()
        .register(
            new Client(
                text(body, "id"),
                Client.Kind.valueOf(text(body, "kind").toUpperCase(java.util.Locale.ROOT)),
                words(body, "redirects"),
                Optional.ofNullable(body.get("secret")).map(Object::toString)));
    return cloud.directory().listing();
  }

  private static String text(Map<String, Object> body, String name) {
    Object value = body.get(name);
    if (value == null) {
      throw new IllegalArgumentException("\"" + name + "\" is missing");
    }
    return value.toString();
  }

  private static List<String> words(Map<String, Object> body, String name) {
    if (body.get(name) instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    throw new IllegalArgumentException("\"" + name + "\" must be a list");
  }
}
