package org.cloudmdirsync.web;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * What the web server sends back.
 *
 * @param status the HTTP status
 * @param headers beside those that every answer carries
 * @param body text in UTF-8
 */
record Answer(int status, Map<String, String> headers, String body) {

  /** Sent with every answer: nothing is kept, framed, guessed, fetched from elsewhere or leaked. */
  static final Map<String, String> ALWAYS =
      Map.of(
          "Cache-Control", "no-store",
          "Content-Security-Policy",
              "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
                  + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Referrer-Policy", "same-origin",
          "X-Content-Type-Options", "nosniff");

  /** A whole page; the heading is also its title. */
  static Answer page(int status, String heading, Html content) {
    return page(status, heading, Html.NOTHING, content);
  }

  /**
   * A page that follows what the daemon does.
   *
   * @param summary what a screen reader hears when it changes
   */
  static Answer livePage(String heading, String summary, Html content) {
    return page(
        200,
        heading,
        new Html(
            """
            <script src="/live.js" defer></script>
            <noscript><meta http-equiv="refresh" content="30"></noscript>
            """),
        Html.of(
            """
            <p id="lost" class="words" role="alert" hidden>The daemon does not answer any more: \
            what stands here is old.</p>
            <p id="summary" role="status">{}</p>
            <div id="live">
            {}
            </div>\
            """,
            summary,
            content));
  }

  private static Answer page(int status, String heading, Html head, Html content) {
    Html page =
        Html.of(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>{} - cloud-mdir-sync</title>
            <link rel="stylesheet" href="/style.css">
            {}</head>
            <body>
            <main>
            <h1>{}</h1>
            {}
            </main>
            </body>
            </html>
            """,
            heading,
            head,
            heading,
            content);
    return new Answer(status, Map.of("Content-Type", "text/html; charset=utf-8"), page.markup());
  }

  /** A page of one paragraph, with the way back to the list of accounts. */
  static Answer notice(int status, String heading, String explanation) {
    return page(
        status,
        heading,
        Html.of("{}<p><a href=\"/\">All accounts</a></p>", Html.reason(explanation)));
  }

  /** A file of ours, such as {@code text/css}. */
  static Answer file(String type, String content) {
    return new Answer(200, Map.of("Content-Type", type + "; charset=utf-8"), content);
  }

  static Answer redirect(URI target) {
    return new Answer(303, Map.of("Location", target.toASCIIString()), "");
  }

  Answer with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Answer(status, Map.copyOf(more), body);
  }
}
