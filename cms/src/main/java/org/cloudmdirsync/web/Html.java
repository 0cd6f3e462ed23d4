package org.cloudmdirsync.web;

import java.util.Iterator;
import java.util.List;

/**
 * A piece of HTML. Whatever else is put into one is escaped, so that a name or a provider's words
 * can never become markup: to forget it is not possible, since a {@code String} is not an {@code
 * Html}.
 */
record Html(String markup) {

  static final Html NOTHING = new Html("");

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
