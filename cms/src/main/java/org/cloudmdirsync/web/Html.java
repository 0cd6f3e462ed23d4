package org.cloudmdirsync.web;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A piece of HTML. Whatever else is put into one is escaped, so that a name or a provider's words
 * can never become markup: to forget it is not possible, since a {@code String} is not an {@code
 * Html}.
 */
record Html(String markup) {

  static final Html NOTHING = new Html("");

  /** How a sentence may begin; an error code, such as invalid_grant, or an address may not. */
  private static final Pattern WORD = Pattern.compile("\\p{Lower}+[,;:]? .*", Pattern.DOTALL);

  /** Stands in a reason between the provider's words and what to do about them. */
  private static final String ADVICE = " — ";

  /** Fills each <code>{}</code> of a template: an {@code Html} as it stands, all else as text. */
  static Html of(String template, Object... parts) {
    StringBuilder markup = new StringBuilder();
    Iterator<Object> next = List.of(parts).iterator();
    int from = 0;
    for (int gap = template.indexOf("{}"); gap >= 0; gap = template.indexOf("{}", from)) {
      markup.append(template, from, gap).append(inserted(next.next()));
      from = gap + 2;
    }
    if (next.hasNext()) {
      throw new IllegalArgumentException("more parts than gaps: " + template);
    }
    return new Html(markup.append(template.substring(from)).toString());
  }

  static Html join(List<Html> pieces) {
    return new Html(String.join("", pieces.stream().map(Html::markup).toList()));
  }

  /** A reason as the log has it, for people: what happened and what to do, a paragraph each. */
  static Html reason(String reason) {
    int end = reason.lastIndexOf(ADVICE);
    return end < 0
        ? sentence(reason)
        : of(
            "{}{}",
            sentence(reason.substring(0, end)),
            sentence(reason.substring(end + ADVICE.length())));
  }

  /** It begins and ends as a sentence does. */
  private static Html sentence(String words) {
    String begun =
        WORD.matcher(words).matches()
            ? words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1)
            : words;
    boolean open = !begun.isEmpty() && Character.isLetterOrDigit(begun.charAt(begun.length() - 1));
    return of("<p class=\"words\">{}{}</p>\n", begun, open ? "." : "");
  }

  private static String inserted(Object part) {
    return part instanceof Html html ? html.markup : escape(part.toString());
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
