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
              "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none';"
                  + " frame-ancestors 'none'",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Referrer-Policy", "no-referrer",
          "X-Content-Type-Options", "nosniff");

  /** A whole page; the heading is also its title. */
  static Answer page(int status, String heading, Html content) {
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
            </head>
            <body>
            <main>
            <h1>{}</h1>
            {}
            </main>
            </body>
            </html>
            """,
            heading,
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

  static Answer styleSheet(String css) {
    return new Answer(200, Map.of("Content-Type", "text/css; charset=utf-8"), css);
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
