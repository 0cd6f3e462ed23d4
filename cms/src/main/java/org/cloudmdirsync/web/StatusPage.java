package org.cloudmdirsync.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.cloudmdirsync.account.AccountStatus;
import org.cloudmdirsync.account.AccountStatus.Condition;
import org.cloudmdirsync.account.SignInWay;

/** How every account stands, and where to sign in. */
final class StatusPage {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM, HH:mm", Locale.ENGLISH);

  private StatusPage() {}

  /** As things stand with {@code source}. */
  static Answer render(PageSource source, ZoneId zone) {
    List<AccountStatus> accounts = source.accounts().get();
    List<Html> items = accounts.stream().map(status -> item(status, source.ways(), zone)).toList();
    return Answer.livePage(
        "Mail accounts",
        summary(accounts),
        Html.of(
            """
            <ul class="accounts">
            {}</ul>
            {}<p class="aside">cloud-mdir-sync runs on this computer and lets your mail programs \
            use these accounts. You sign in on your provider's own page; your password does not \
            come here.</p>\
            """,
            Html.join(items),
            sockets(source.sockets().get())));
  }

  private static Html sockets(List<SocketStatus> sockets) {
    List<Html> items = sockets.stream().map(StatusPage::socket).toList();
    return items.isEmpty()
        ? Html.NOTHING
        : Html.of(
            "<h2>Where mail programs ask</h2>\n<ul class=\"sockets\">\n{}</ul>\n",
            Html.join(items));
  }

  private static Html socket(SocketStatus socket) {
    return Html.of(
        "<li><code>{}</code>: {} for {}\n<p class=\"aside\">{}</p></li>\n",
        socket.path(),
        String.join(", ", socket.protocols()),
        socket.users().isEmpty() ? "nobody" : String.join(", ", socket.users()),
        socket.lastAsked().orElse("Nobody has asked yet."));
  }

  /** Whether only a person can help: by signing in, or by trying again once the cause is gone. */
  static boolean needsPerson(AccountStatus status) {
    return switch (status.condition()) {
      case SIGN_IN_NEEDED, MISCONFIGURED -> true;
      case READY, STARTING, UNAVAILABLE -> false;
    };
  }

  /** The link that begins a sign-in. */
  static Html signInLink(String user, String words) {
    return link("button", "/sign-in", user, words);
  }

  private static Html link(String look, String path, String user, String words) {
    String query = URLEncoder.encode(user, StandardCharsets.UTF_8);
    return Html.of(
        "<a id=\"{}:{}\" class=\"{}\" aria-label=\"{}: {}\" href=\"{}?user={}\">{}</a>",
        path,
        query,
        look,
        words,
        user,
        path,
        query,
        words);
  }

  private static String summary(List<AccountStatus> accounts) {
    long waiting = accounts.stream().filter(StatusPage::needsPerson).count();
    if (accounts.isEmpty()) {
      return "The configuration names no account.";
    }
    if (waiting == 0) {
      return "Nothing needs you: access is renewed by itself.";
    }
    return waiting == 1 ? "One account needs you." : waiting + " accounts need you.";
  }

  private static Html item(
      AccountStatus status, Function<String, Set<SignInWay>> ways, ZoneId zone) {
    String user = status.account().user();
    return Html.of(
        "<li class=\"{}\">\n<h2>{}</h2>\n<p>{}</p>\n{}{}{}</li>\n",
        needsPerson(status) ? "person" : "account",
        user,
        words(status.condition(), status.account().provider().title()),
        status.problem().map(Html::reason).orElse(Html.NOTHING),
        signIn(status, ways),
        times(status, zone));
  }

  private static String words(Condition condition, String provider) {
    return switch (condition) {
      case READY -> "Signed in at " + provider + ", ready for your mail programs";
      case STARTING -> "Signed in at " + provider + ", waiting for its answer";
      case SIGN_IN_NEEDED -> "Sign-in at " + provider + " needed";
      case UNAVAILABLE -> "Renewal at " + provider + " fails for now; it is tried again by itself";
      case MISCONFIGURED -> "A setting must change, here or at " + provider;
    };
  }

  private static Html signIn(AccountStatus status, Function<String, Set<SignInWay>> ways) {
    String user = status.account().user();
    return switch (status.condition()) {
      case SIGN_IN_NEEDED -> ways(ways.apply(user), user, "Sign in");
      case MISCONFIGURED -> ways(ways.apply(user), user, "Sign in again");
      case READY, STARTING, UNAVAILABLE -> Html.NOTHING;
    };
  }

  private static Html times(AccountStatus status, ZoneId zone) {
    Html refreshed = optional("Access renewed {}. ", status.refreshed().map(at -> time(at, zone)));
    Html next = optional("Next renewal {}.", status.nextRefresh().map(at -> time(at, zone)));
    Html lapse = optional(" The sign-in lasts until {}.", status.lapse().map(at -> time(at, zone)));
    Html all = Html.join(List.of(refreshed, next, lapse));
    return all.equals(Html.NOTHING) ? all : Html.of("<p class=\"aside\">{}</p>\n", all);
  }

  /** A moment as a person reads it. */
  static Html time(Instant instant, ZoneId zone) {
    return Html.of("<time datetime=\"{}\">{}</time>", instant, TIME.format(instant.atZone(zone)));
  }

  private static Html ways(Set<SignInWay> ways, String user, String words) {
    List<Html> links = ways.stream().map(way -> way(way, user, words)).toList();
    return links.isEmpty() ? Html.NOTHING : Html.of("<p>{}</p>\n", Html.join(links));
  }

  private static Html way(SignInWay way, String user, String words) {
    return switch (way) {
      case BROWSER -> signInLink(user, words);
      case PASTE -> link("other", "/elsewhere", user, "With a browser elsewhere");
      case DEVICE -> link("other", "/device", user, "With a code");
    };
  }

  private static Html optional(String template, Optional<?> part) {
    return part.isPresent() ? Html.of(template, part.get()) : Html.NOTHING;
  }
}
