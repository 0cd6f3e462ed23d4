package org.cloudmdirsync.simulator;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The web pages a person sees; no script, no picture, nothing fetched. */
final class SignInPage {
  /** The form's own fields; the others are the authorization request. */
  static final Set<String> OWN = Set.of("user", "decision", "boxes", "granted");

  private SignInPage() {}

  static HttpOutcome.Reply show(Realm realm, Form form, String problem) {
    String hidden =
        form.values().entrySet().stream()
            .filter(e -> !OWN.contains(e.getKey()))
            .map(e -> hidden(e.getKey(), e.getValue().getFirst()))
            .collect(Collectors.joining("\n"));
    String boxes =
        form.words("scope").stream()
            .map(scope ->
                "<label><input type=checkbox name=granted checked value=\"%1$s\"> %1$s</label>"
                    .formatted(escape(scope)))
            .collect(Collectors.joining("\n"));
    return page(
        "Sign in",
        """
        <p class=bad>%s</p>
        <form method=post action="?">
        %s
        <input type=hidden name=boxes value=1>
        <label>User <input name=user size=36 autofocus value="%s"></label>
        <p><b>%s</b> asks for:</p>
        %s
        <p><button name=decision value=allow>Allow</button>
        <button name=decision value=deny>Deny</button></p>
        </form>
        <p>This is the pretend %s of the simulator: any address signs in, no password is asked.</p>
        """
            .formatted(
                escape(problem),
                hidden,
                escape(form.get("user").orElse(form.text("login_hint"))),
                escape(form.text("client_id")),
                boxes,
                realm.flavour().name().toLowerCase(Locale.ROOT)));
  }

  /** RFC 8628 section 3.3: where a person types the code a device shows. */
  static HttpOutcome.Reply device(String userCode, String user, String word) {
    return page(
        "Connect a device",
        """
        <p class=bad>%s</p>
        <form method=post action="?">
        <label>Code <input name=user_code autofocus value="%s"></label>
        <label>User <input name=user size=36 value="%s"></label>
        <p><button name=decision value=allow>Allow</button>
        <button name=decision value=deny>Deny</button></p>
        </form>
        """
            .formatted(escape(word), escape(userCode), escape(user)));
  }

  static HttpOutcome.Reply problem(String words) {
    HttpOutcome.Reply ok = page("This cannot work", "<p class=bad>" + escape(words) + "</p>");
    return new HttpOutcome.Reply(400, ok.headers(), ok.body());
  }

  private static String hidden(String name, String value) {
    return "<input type=hidden name=\"%s\" value=\"%s\">".formatted(escape(name), escape(value));
  }

  private static HttpOutcome.Reply page(String title, String body) {
    return HttpOutcome.Reply.html(
        200,
        """
        <!doctype html>
        <html lang=en><head><meta name=viewport content="width=device-width"><title>%1$s</title><style>
        body { font: 16px sans-serif; max-width: 36em; margin: 3em auto; padding: 0 1em; color: #222;
        overflow-wrap: anywhere }
        label { display: block; margin: .4em 0 } .bad { color: #a00 } button { font: inherit }
        input { max-width: 100%% }
        </style></head><body><h1>%1$s</h1>
        %2$s
        </body></html>
        """
            .formatted(escape(title), body));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
