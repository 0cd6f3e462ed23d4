package org.cloudmdirsync.web;

import java.net.URI;

/**
 * Signing in with a browser on another computer or a telephone: it ends on an address that only
 * this computer answers to, so the person brings that address back.
 */
final class ElsewherePage {
  private ElsewherePage() {}

  static Answer render(Request request, URI provider) {
    return Answer.page(
        200,
        "Sign in elsewhere",
        Html.of(
            """
            <p>Account: <strong>{}</strong></p>
            <ol>
            <li><p>Open this address in the other browser, and sign in there:</p>
            <p><code class="copy">{}</code></p></li>
            <li><p>In the end it shows an error, since it looks for this computer in vain. Copy \
            all of its address bar.</p></li>
            <li><form method="post" action="/pasted">
            <p><label for="address">Paste the address here:</label></p>
            <p><input id="address" name="address" type="url" autocomplete="off" required></p>
            <p><button>Finish</button></p>
            </form></li>
            </ol>
            <p class="aside">Take ten minutes at most.</p>
            <p><a href="/">All accounts</a></p>\
            """,
            request.parameter("user").orElse(""),
            provider));
  }
}
