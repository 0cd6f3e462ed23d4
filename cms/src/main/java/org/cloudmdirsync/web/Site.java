package org.cloudmdirsync.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.cloudmdirsync.account.AccountStatus;
import org.cloudmdirsync.account.BeginResult;
import org.cloudmdirsync.account.SignInResult;

/**
 * Request in, answer out: all the page does, without a socket.
 *
 * @param authorities the Host headers to answer to
 * @param accounts how they stand now
 * @param begin starts a user's sign-in
 * @param complete takes the address the provider sent the browser to
 */
record Site(
    Set<String> authorities,
    Supplier<List<AccountStatus>> accounts,
    Function<String, BeginResult> begin,
    Function<URI, SignInResult> complete) {

  private static final String STYLE = resource("style.css");

  Answer answer(Request request) {
    if (request.host().filter(authorities::contains).isEmpty()) {
      return Answer.notice(
          421, "Not this name", "This page answers only as " + String.join(", ", names()) + ".");
    }
    if (!request.method().equals("GET")) {
      return Answer.notice(405, "Only reading", "This page takes GET requests only.")
          .with("Allow", "GET");
    }
    return isCallback(request) ? callback(request) : page(request);
  }

  private Answer page(Request request) {
    return switch (request.path()) {
      case "/" -> StatusPage.render(accounts.get(), ZoneId.systemDefault());
      case "/style.css" -> Answer.styleSheet(STYLE);
      case "/sign-in" -> signIn(request);
      case String other -> Answer.notice(404, "No such page", "There is nothing at " + other + ".");
    };
  }

  private Answer signIn(Request request) {
    if (request.fromElsewhere()) {
      return Answer.notice(
          403,
          "Started from another site",
          "A page of another site sent you here. If it was you who wants to sign in, go on from the"
              + " list of accounts.");
    }
    String user = request.parameter("user").orElse("");
    return switch (begin.apply(user)) {
      case BeginResult.Redirect(URI provider) -> Answer.redirect(provider);
      case BeginResult.Unavailable(String reason) ->
          Answer.notice(503, "Cannot sign in now", reason);
      case BeginResult.UnknownUser() ->
          Answer.notice(
              404, "No such account", "The configuration has no account \"" + user + "\".");
    };
  }

  /** A redirect URI without a path comes back as "/": there the query tells it from the list. */
  private boolean isCallback(Request request) {
    return redirectPaths().contains(request.path())
        && (!request.path().equals("/") || request.parameter("state").isPresent());
  }

  private Set<String> redirectPaths() {
    return accounts.get().stream()
        .map(status -> status.account().redirectUri().getRawPath())
        .map(path -> path.isEmpty() ? "/" : path)
        .collect(Collectors.toSet());
  }

  private Answer callback(Request request) {
    String query = request.query().map(text -> "?" + text).orElse("");
    URI address = URI.create("http://" + request.host().orElseThrow() + request.path() + query);
    return ResultPage.render(complete.apply(address), accounts.get());
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
