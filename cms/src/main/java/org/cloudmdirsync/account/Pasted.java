package org.cloudmdirsync.account;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** What a person pasted in place of the address that the browser ended on. */
sealed interface Pasted {

  /** An address, whatever it is worth. */
  record Address(URI uri) implements Pasted {}

  /** None; {@code reason} says what to paste instead. */
  record Useless(String reason) implements Pasted {}

  /** Terminals and mail programs break lines; addresses have no blanks. */
  Pattern BLANK = Pattern.compile("[\\s\\p{Cntrl}\\u00a0]+");

  /** Straight, curly and angular ones, and those of a shell. */
  Pattern QUOTES = Pattern.compile("^[\"'`<\u201c\u201e\u2018]+|[\"'`>\u201d\u201c\u2019]+$");

  Pattern SCHEME = Pattern.compile("(?i)https?://.*");

  String WANTED =
      "paste the whole address that the browser ended on: it holds \"code=\" and \"state=\"";

  static Pasted of(String text) {
    String plain = QUOTES.matcher(BLANK.matcher(text).replaceAll("")).replaceAll("");
    if (plain.isEmpty()) {
      return new Useless("nothing was pasted; " + WANTED);
    } else if (!plain.contains("?")) {
      // Without its state a code could be anybody's (RFC 6749 section 10.12).
      return new Useless("this is no more than a code, or a part of the address; " + WANTED);
    }
    try {
      return new Address(new URI(SCHEME.matcher(plain).matches() ? plain : "http://" + plain));
    } catch (URISyntaxException e) {
      return new Useless("this is not an address; " + WANTED);
    }
  }
}
