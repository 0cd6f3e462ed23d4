package org.cloudmdirsync.oauth;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cloudmdirsync.secret.Secret;

/** Makes a server's words fit to be shown: one line, of bearable length, without secrets. */
final class Wording {
  private static final String GONE = "<removed>";

  /** Microsoft's longest messages, with trace and correlation id, have about 600 characters. */
  private static final int LONGEST = 800;

  /** Shorter ones are nobody's secret, and taking them out would make the words unreadable. */
  private static final int SHORTEST_SECRET = 4;

  /** What looks like a token although we never saw it; a GUID has 36 characters and may stay. */
  private static final Pattern TOKEN_LIKE = Pattern.compile("[A-Za-z0-9_~+=%-]{40,}");

  private static final Pattern BLANK = Pattern.compile("[\\s\\p{Cntrl}\\u2028\\u2029]+");

  private final List<String> secrets;

  /** What must not be repeated: what was sent, since servers echo. */
  Wording(List<Secret> sent) {
    this.secrets =
        sent.stream()
            .map(Secret::expose)
            .filter(secret -> secret.length() >= SHORTEST_SECRET)
            .flatMap(secret -> Stream.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8)))
            .toList();
  }

  /** The same words in one line, cut where they get long. */
  String tidy(String words) {
    String clean = words;
    for (String secret : secrets) {
      clean = clean.replace(secret, GONE);
    }
    clean = TOKEN_LIKE.matcher(clean).replaceAll(GONE);
    clean = BLANK.matcher(clean).replaceAll(" ").strip();
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
  }

  /** Whether a text may be passed on as it is. */
  boolean isClean(String text) {
    return secrets.stream().noneMatch(text::contains);
  }
}
