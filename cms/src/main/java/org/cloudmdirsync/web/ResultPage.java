package org.cloudmdirsync.web;

import java.util.List;
import org.cloudmdirsync.account.AccountStatus;
import org.cloudmdirsync.account.SignInResult;

/** What a sign-in came to, and what to do next. */
final class ResultPage {
  private ResultPage() {}

  /** The page after the redirect; {@code accounts} as they stand afterwards. */
  static Answer render(SignInResult result, List<AccountStatus> accounts) {
    return switch (result) {
      case SignInResult.SignedIn(String user) ->
          Answer.page(200, "Signed in", signedIn(user, accounts));
      case SignInResult.Denied(String user, String words) ->
          again(403, "Sign-in refused", "The provider said: " + words, user);
      case SignInResult.WrongUser(String configured, String actual) ->
          again(403, "Signed in as somebody else", wrongUser(configured, actual), configured);
      case SignInResult.Failed(String user, String reason) ->
          again(502, "Sign-in failed", reason, user);
      case SignInResult.UnknownState(String reason) ->
          Answer.notice(400, "No sign-in to complete", reason);
    };
  }

  private static Html signedIn(String user, List<AccountStatus> accounts) {
    return Html.of(
        "<p><strong>{}</strong> is signed in, and stays so by itself.</p>\n{}",
        user,
        next(accounts));
  }

  private static Html next(List<AccountStatus> accounts) {
    List<String> waiting =
        accounts.stream()
            .filter(status -> status.condition() == AccountStatus.Condition.SIGN_IN_NEEDED)
            .map(status -> status.account().user())
            .toList();
    if (waiting.isEmpty()) {
      return new Html(
          "<p>You may close this window, or look at <a href=\"/\">all accounts</a>.</p>");
    }
    String user = waiting.getFirst();
    return Html.of(
        "<p>{} Next is <strong>{}</strong>.</p>\n<p>{}</p>\n<p><a href=\"/\">All accounts</a></p>",
        waiting.size() == 1
            ? "One more account needs you."
            : waiting.size() + " more accounts need you.",
        user,
        StatusPage.signInLink(user, "Sign in"));
  }

  private static String wrongUser(String configured, String actual) {
    return """
    You signed in as %2$s, but this account is %1$s. Nothing of %2$s was kept.
    Try again and choose %1$s. If you are not asked whom to sign in, sign out at the \
    provider first.\
    """
        .formatted(configured, actual);
  }

  private static Answer again(int status, String heading, String explanation, String user) {
    return Answer.page(
        status,
        heading,
        Html.of(
            """
            <p>Account: <strong>{}</strong></p>
            {}<p>{}</p>
            <p><a href="/">All accounts</a></p>\
            """,
            user,
            Html.reason(explanation),
            StatusPage.signInLink(user, "Try again")));
  }
}
