package org.cloudmdirsync.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cloudmdirsync.config.Arguments.Bound;
import org.cloudmdirsync.config.Methods.Method;

/** The common methods of strings. */
final class TextMethods {
  /** What Python takes for white space; compiled for those who strip or split, which few do. */
  private static final class Blanks {
    static final Pattern MANY = Pattern.compile("[\\t-\\r\\x1C-\\x1F\\x85\\p{IsWhite_Space}]+");
  }

  private final Budget budget;
  private final Items items;

  TextMethods(Budget budget) {
    this.budget = budget;
    this.items = new Items(budget);
  }

  Map<String, Method<String>> all() {
    return Map.of(
        "lower", this::lower,
        "upper", this::upper,
        "strip", this::strip,
        "startswith", (self, arguments) -> edge(self, arguments, true),
        "endswith", (self, arguments) -> edge(self, arguments, false),
        "replace", this::replace,
        "split", this::split,
        "join", this::join);
  }

  /**
   * A few letters, none of them in ASCII, grow when their case changes, to three times their length
   * at the most; the JDK copies the whole string for each.
   */
  private void changeCase(String self, Arguments arguments) {
    arguments.bind();
    budget.make(3L * self.length());
    budget.look(self.chars().filter(c -> c > 127).count() * self.length());
  }

  private Value lower(String self, Arguments arguments) {
    changeCase(self, arguments);
    return new Value.Text(self.toLowerCase(Locale.ROOT));
  }

  private Value upper(String self, Arguments arguments) {
    changeCase(self, arguments);
    return new Value.Text(self.toUpperCase(Locale.ROOT));
  }

  private Value strip(String self, Arguments arguments) {
    arguments.bind();
    budget.make(self.length());
    String stripped = withoutBlanksBefore(self);
    int end = stripped.length();
    while (end > 0 && Blanks.MANY.matcher(stripped.substring(end - 1, end)).matches()) {
      end--;
    }
    return new Value.Text(stripped.substring(0, end));
  }

  private static String withoutBlanksBefore(String text) {
    Matcher blanks = Blanks.MANY.matcher(text);
    return blanks.lookingAt() ? text.substring(blanks.end()) : text;
  }

  /** One string, or a tuple of which any will do. */
  private Value edge(String self, Arguments arguments, boolean start) {
    Located edges = arguments.bind("x").required("x");
    List<Located> alternatives =
        edges.value() instanceof Value.Tuple ? edges.items() : List.of(edges);
    for (Located alternative : alternatives) {
      String edge = alternative.text();
      budget.look(edge.length());
      if (start ? self.startsWith(edge) : self.endsWith(edge)) {
        return Value.Bool.TRUE;
      }
    }
    return Value.Bool.FALSE;
  }

  private Value replace(String self, Arguments arguments) {
    Bound bound = arguments.bind("old", "new");
    String old = filled(bound.required("old"));
    String fresh = bound.required("new").text();
    look(self, old);
    budget.make(self.length() + (long) self.length() / old.length() * fresh.length());
    return new Value.Text(self.replace(old, fresh));
  }

  private Value split(String self, Arguments arguments) {
    Bound bound = arguments.bind("sep", "maxsplit");
    long most = bound.optional("maxsplit").map(Located::number).orElse(-1L);
    int limit = most < 0 ? -1 : Math.clamp(most + 1, 1, Integer.MAX_VALUE);
    budget.make(2L * self.length() + 1);
    if (bound.optional("sep").isEmpty()) {
      String[] words = Blanks.MANY.split(withoutBlanksBefore(self), limit);
      return strings(Stream.of(words).filter(word -> !word.isEmpty()).toList());
    }
    String separator = filled(bound.required("sep"));
    look(self, separator);
    return strings(List.of(self.split(Pattern.quote(separator), limit)));
  }

  private static String filled(Located located) {
    if (located.text().isEmpty()) {
      throw located.rejected("must not be empty");
    }
    return located.text();
  }

  /** A search may look at every character of the part at every place. */
  private void look(String self, String part) {
    budget.look((long) self.length() * part.length());
  }

  private Value strings(List<String> strings) {
    return new Value.Sequence(items.texts(strings));
  }

  private Value join(String self, Arguments arguments) {
    StringBuilder out = new StringBuilder();
    String between = "";
    for (Value item : items.of(arguments.bind("items").value("items"))) {
      if (!(item instanceof Value.Text(String text))) {
        throw new Rejected("only strings can be joined, not " + item.kind());
      }
      budget.make((long) between.length() + text.length());
      out.append(between).append(text);
      between = self;
    }
    return new Value.Text(out.toString());
  }
}
