package org.cloudmdirsync.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cloudmdirsync.account.AccountStatus;
import org.cloudmdirsync.account.AccountStatus.Condition;

/** How every account stands, and where to sign in. */
final class StatusPage {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM, HH:mm:ss", Locale.ENGLISH);

  private StatusPage() {}

  static Answer render(List<AccountStatus> accounts, ZoneId zone) {
    List<Html> items = accounts.stream().map(account -> item(account, zone)).toList();
    return Answer.page(
        200,
        "Mail accounts",
        Html.of(
            "<p>{}</p>\n<ul class=\"accounts\">\n{}</ul>", summary(accounts), Html.join(items)));
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
    String query = URLEncoder.encode(user, StandardCharsets.UTF_8);
    return Html.of("<a class=\"button\" href=\"/sign-in?user={}\">{}</a>", query, words);
  }

  private static String summary(List<AccountStatus> accounts) {
    long waiting = accounts.stream().filter(StatusPage::needsPerson).count();
    if (accounts.isEmpty()) {
      return "The configuration names no account.";
    }
    if (waiting == 0) {
      return "Nothing needs you: tokens are refreshed without a sign-in.";
    }
    return waiting == 1 ? "One account needs you." : waiting + " accounts need you.";
  }

  private static Html item(AccountStatus status, ZoneId zone) {
    String user = status.account().user();
    return Html.of(
        "<li class=\"{}\">\n<h2>{}</h2>\n<p>{} ({})</p>\n{}{}{}</li>\n",
        needsPerson(status) ? "person" : "account",
        user,
        words(status.condition()),
        status.account().provider().title(),
        optional("<p class=\"words\">{}</p>\n", status.problem()),
        signIn(status),
        times(status, zone));
  }

  private static String words(Condition condition) {
    return switch (condition) {
      case READY -> "Signed in, token ready";
      case STARTING -> "Signed in, fetching the first token";
      case SIGN_IN_NEEDED -> "Sign-in needed";
      case UNAVAILABLE -> "The provider cannot be reached; trying again by itself";
      case MISCONFIGURED -> "A setting must change, here or at the provider";
    };
  }

  private static Html signIn(AccountStatus status) {
    return switch (status.condition()) {
      case SIGN_IN_NEEDED -> paragraph(signInLink(status.account().user(), "Sign in"));
      case MISCONFIGURED -> paragraph(signInLink(status.account().user(), "Sign in again"));
      case READY, STARTING, UNAVAILABLE -> Html.NOTHING;
    };
  }

  private static Html times(AccountStatus status, ZoneId zone) {
    Html refreshed = optional("Token obtained {}. ", status.refreshed().map(at -> time(at, zone)));
    Html next = optional("Next refresh {}.", status.nextRefresh().map(at -> time(at, zone)));
    Html both = Html.join(List.of(refreshed, next));
    return both.equals(Html.NOTHING) ? both : Html.of("<p class=\"times\">{}</p>\n", both);
  }

  private static Html time(Instant instant, ZoneId zone) {
    return Html.of("<time datetime=\"{}\">{}</time>", instant, TIME.format(instant.atZone(zone)));
  }

  private static Html paragraph(Html content) {
    return Html.of("<p>{}</p>\n", content);
  }

  private static Html optional(String template, Optional<?> part) {
    return part.isPresent() ? Html.of(template, part.get()) : Html.NOTHING;
  }
}
