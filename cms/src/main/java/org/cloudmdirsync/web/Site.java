package org.cloudmdirsync.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cloudmdirsync.account.BeginResult;
import org.cloudmdirsync.account.DeviceResult;
import org.cloudmdirsync.account.SignInResult;

/**
 * Request in, answer out: all the page does, without a socket.
 *
 * @param authorities the Host headers to answer to
 * @param source what there is to show, and to do
 * @param devices the sign-ins with a code under way
 */
record Site(Set<String> authorities, PageSource source, DeviceSignIns devices) {
  /** Where a page hears of changes, rather than getting an answer. */
  static final String CHANGES = "/changes";

  private static final String PASTED = "/pasted";

  Answer answer(Request request) {
    return objection(request)
        .orElseGet(() -> isCallback(request) ? callback(request) : page(request));
  }

  /** Why this request is turned away, if it is. */
  Optional<Answer> objection(Request request) {
    if (request.host().filter(authorities::contains).isEmpty()) {
      return Optional.of(
          Answer.notice(
              421,
              "Not this name",
              "This page answers only as " + String.join(", ", names()) + "."));
    }
    // The provider's answer is known by its state, which nobody else has; the rest by who asks.
    if (!request.ours() && !isCallback(request)) {
      return Optional.of(anotherUsers());
    }
    String method = request.path().equals(PASTED) ? "POST" : "GET";
    return request.method().equals(method)
        ? Optional.empty()
        : Optional.of(
            Answer.notice(405, "Not so", "This takes " + method + " requests only.")
                .with("Allow", method));
  }

  private Answer page(Request request) {
    return switch (request.path()) {
      case "/" -> StatusPage.render(source, ZoneId.systemDefault());
      case "/style.css" -> Answer.file("text/css", resource("style.css"));
      case "/live.js" -> Answer.file("text/javascript", resource("live.js"));
      case "/sign-in" -> begin(request, Answer::redirect);
      case "/elsewhere" -> begin(request, provider -> ElsewherePage.render(request, provider));
      case PASTED -> pasted(request);
      case "/device" -> device(request);
      case "/code" -> code(request);
      case String other -> Answer.notice(404, "No such page", "There is nothing at " + other + ".");
    };
  }

  private Answer begin(Request request, Function<URI, Answer> how) {
    if (request.fromElsewhere()) {
      return fromAnotherSite();
    }
    String user = request.parameter("user").orElse("");
    return switch (source.begin().apply(user)) {
      case BeginResult.Redirect(URI provider) -> how.apply(provider);
      case BeginResult.Unavailable(String reason) -> notNow(reason);
      case BeginResult.UnknownUser() -> unknown(user);
    };
  }

  private static Answer notNow(String reason) {
    return Answer.notice(503, "Cannot sign in now", reason);
  }

  private static Answer unknown(String user) {
    return Answer.notice(
        404, "No such account", "The configuration has no account \"" + user + "\".");
  }

  private Answer device(Request request) {
    if (request.fromElsewhere()) {
      return fromAnotherSite();
    }
    String user = request.parameter("user").orElse("");
    Optional<Integer> running = devices.running(user);
    if (running.isPresent()) {
      return code(running.get());
    }
    return switch (source.device().apply(user)) {
      case DeviceResult.Begun begun -> code(devices.add(user, begun));
      case DeviceResult.Unavailable(String reason) -> notNow(reason);
      case DeviceResult.NotOffered(String reason) -> Answer.notice(404, "Not with a code", reason);
      case DeviceResult.UnknownUser() -> unknown(user);
    };
  }

  private static Answer code(int number) {
    return Answer.redirect(URI.create("/code?number=" + number));
  }

  private Answer code(Request request) {
    Optional<DeviceSignIns.Begun> found =
        request
            .parameter("number")
            .filter(text -> text.matches("[0-9]{1,9}"))
            .map(Integer::parseInt)
            .flatMap(devices::get);
    if (found.isEmpty()) {
      return Answer.notice(404, "This code is over", "Begin again from the list of accounts.");
    }
    DeviceSignIns.Begun begun = found.get();
    return begun
        .result()
        .map(result -> ResultPage.render(result, source.accounts().get()))
        .orElseGet(() -> CodePage.render(begun.user(), begun.signIn(), ZoneId.systemDefault()));
  }

  private Answer pasted(Request request) {
    if (request.fromElsewhere()) {
      return fromAnotherSite();
    }
    SignInResult result = source.pasted().apply(request.field("address").orElse(""));
    return ResultPage.render(result, source.accounts().get());
  }

  private static Answer fromAnotherSite() {
    return Answer.notice(
        403,
        "Started from another site",
        "A page of another site sent you here. If it was you who wants to sign in, go on from the"
            + " list of accounts.");
  }

  /** A redirect URI without a path comes back as "/": there the query tells it from the list. */
  private boolean isCallback(Request request) {
    return redirectPaths().contains(request.path())
        && (!request.path().equals("/") || request.parameter("state").isPresent());
  }

  private Set<String> redirectPaths() {
    return source.accounts().get().stream()
        .map(status -> status.account().redirectUri().getRawPath())
        .map(path -> path.isEmpty() ? "/" : path)
        .collect(Collectors.toSet());
  }

  private Answer callback(Request request) {
    String query = request.query().map(text -> "?" + text).orElse("");
    URI address = URI.create("http://" + request.host().orElseThrow() + request.path() + query);
    return ResultPage.render(source.complete().apply(address), source.accounts().get());
  }

  private static Answer anotherUsers() {
    return Answer.notice(
        403,
        "Another user's page",
        "This daemon works for %s. To sign in for them, run as that user, or as root: cloud-mdir-sync login"
            .formatted(System.getProperty("user.name")));
  }

  private List<String> names() {
    return authorities.stream().sorted().map(authority -> "http://" + authority + "/").toList();
  }

  private static String resource(String name) {
    try (InputStream in = Site.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("not in the jar: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
