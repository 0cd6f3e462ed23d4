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
      DateTimeFormatter.ofPattern("d MMMM, HH:mm", Locale.ENGLISH);

  private StatusPage() {}

  static Answer render(List<AccountStatus> accounts, ZoneId zone) {
    List<Html> items = accounts.stream().map(account -> item(account, zone)).toList();
    return Answer.page(
        200,
        "Mail accounts",
        Html.of(
            """
            <p>{}</p>
            <ul class="accounts">
            {}</ul>
            <p class="aside">cloud-mdir-sync runs on this computer and lets your mail programs use \
            these accounts. You sign in on your provider's own page; your password does not come \
            here.</p>\
            """,
            summary(accounts),
            Html.join(items)));
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
    return Html.of(
        "<a class=\"button\" aria-label=\"{}: {}\" href=\"/sign-in?user={}\">{}</a>",
        words,
        user,
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

  private static Html item(AccountStatus status, ZoneId zone) {
    String user = status.account().user();
    return Html.of(
        "<li class=\"{}\">\n<h2>{}</h2>\n<p>{}</p>\n{}{}{}</li>\n",
        needsPerson(status) ? "person" : "account",
        user,
        words(status.condition(), status.account().provider().title()),
        status.problem().map(Html::reason).orElse(Html.NOTHING),
        signIn(status),
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

  private static Html signIn(AccountStatus status) {
    return switch (status.condition()) {
      case SIGN_IN_NEEDED -> paragraph(signInLink(status.account().user(), "Sign in"));
      case MISCONFIGURED -> paragraph(signInLink(status.account().user(), "Sign in again"));
      case READY, STARTING, UNAVAILABLE -> Html.NOTHING;
    };
  }

  private static Html times(AccountStatus status, ZoneId zone) {
    Html refreshed = optional("Access renewed {}. ", status.refreshed().map(at -> time(at, zone)));
    Html next = optional("Next renewal {}.", status.nextRefresh().map(at -> time(at, zone)));
    Html both = Html.join(List.of(refreshed, next));
    return both.equals(Html.NOTHING) ? both : Html.of("<p class=\"aside\">{}</p>\n", both);
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
