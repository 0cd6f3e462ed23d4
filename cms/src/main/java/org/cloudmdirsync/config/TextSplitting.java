package org.cloudmdirsync.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.cloudmdirsync.config.Arguments.Bound;
import org.cloudmdirsync.config.Methods.Method;

/** The methods of strings that take them apart and put them together. */
final class TextSplitting {
  /** What ends a line for {@code splitlines}. */
  private static final Pattern LINE_END =
      Pattern.compile("\r\n|[\n\r\u000B\f\u001C-\u001E\u0085\u2028\u2029]");

  private final Budget budget;
  private final Iteration iteration;

  TextSplitting(Budget budget) {
    this.budget = budget;
    this.iteration = new Iteration(budget);
  }

  Map<String, Method<String>> all() {
    return Map.of(
        "split", (self, arguments) -> split(self, arguments, false),
        "rsplit", (self, arguments) -> split(self, arguments, true),
        "splitlines", this::lines,
        "partition", (self, arguments) -> partition(self, arguments, false),
        "rpartition", (self, arguments) -> partition(self, arguments, true),
        "join", this::join);
  }

  private Value split(String self, Arguments arguments, boolean fromEnd) {
    Bound bound = arguments.bind("sep", "maxsplit");
    Optional<String> separator = bound.optional("sep").map(Located::text);
    long given = bound.optional("maxsplit").map(Located::number).orElse(-1L);
    long most = given < 0 ? Long.MAX_VALUE : given;
    budget.make(2L * self.length() + 1);
    List<String> parts;
    if (separator.isEmpty()) {
      parts = words(self, most, fromEnd);
    } else {
      checkSeparator(separator.get());
      budget.look((long) self.length() * separator.get().length());
      parts =
          fromEnd ? backward(self, separator.get(), most) : forward(self, separator.get(), most);
    }
    return new Value.Sequence(parts.stream().map(Value.Text::new).toList());
  }

  private static void checkSeparator(String separator) {
    if (separator.isEmpty()) {
      throw new Rejected("the separator must not be empty");
    }
  }

  private static List<String> forward(String text, String separator, long most) {
    List<String> parts = new ArrayList<>();
    int done = 0;
    for (int at = text.indexOf(separator);
        at >= 0 && parts.size() < most;
        at = text.indexOf(separator, done)) {
      parts.add(text.substring(done, at));
      done = at + separator.length();
    }
    parts.add(text.substring(done));
    return parts;
  }

  private static List<String> backward(String text, String separator, long most) {
    List<String> parts = new ArrayList<>();
    int end = text.length();
    int at = text.lastIndexOf(separator);
    while (at >= 0 && parts.size() < most) {
      parts.add(text.substring(at + separator.length(), end));
      end = at;
      at = text.lastIndexOf(separator, end - separator.length());
      if (end < separator.length()) {
        break;
      }
    }
    parts.add(text.substring(0, end));
    Collections.reverse(parts);
    return parts;
  }

  /** Between white space; the part that is not split any more keeps its own. */
  private static List<String> words(String text, long most, boolean fromEnd) {
    List<String> words = new ArrayList<>();
    String rest = trimmed(text, !fromEnd, fromEnd);
    while (!rest.isEmpty()) {
      int cut = words.size() < most ? edge(rest, fromEnd) : fromEnd ? 0 : rest.length();
      String word = fromEnd ? rest.substring(cut) : rest.substring(0, cut);
      words.add(word);
      rest = fromEnd ? rest.substring(0, cut) : rest.substring(cut);
      rest = trimmed(rest, !fromEnd, fromEnd);
    }
    if (fromEnd) {
      Collections.reverse(words);
    }
    return words;
  }

  private static int edge(String text, boolean fromEnd) {
    int at = fromEnd ? text.length() : 0;
    while (fromEnd ? at > 0 : at < text.length()) {
      if (TextMethods.isSpace(text.charAt(fromEnd ? at - 1 : at))) {
        break;
      }
      at += fromEnd ? -1 : 1;
    }
    return at;
  }

  private static String trimmed(String text, boolean left, boolean right) {
    int start = 0;
    int end = text.length();
    while (left && start < end && TextMethods.isSpace(text.charAt(start))) {
      start++;
    }
    while (right && end > start && TextMethods.isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private Value lines(String self, Arguments arguments) {
    arguments.bind();
    budget.make(2L * self.length());
    List<Value> lines = new ArrayList<>();
    for (String line : LINE_END.split(self, -1)) {
      lines.add(new Value.Text(line));
    }
    if (lines.getLast() instanceof Value.Text(String last) && last.isEmpty()) {
      lines.removeLast();
    }
    return new Value.Sequence(lines);
  }

  private Value partition(String self, Arguments arguments, boolean last) {
    String separator = arguments.bind("sep").required("sep").text();
    checkSeparator(separator);
    budget.look((long) self.length() * separator.length());
    budget.make(self.length());
    int at = last ? self.lastIndexOf(separator) : self.indexOf(separator);
    List<String> parts =
        at >= 0
            ? List.of(self.substring(0, at), separator, self.substring(at + separator.length()))
            : last ? List.of("", "", self) : List.of(self, "", "");
    return new Value.Tuple(parts.stream().<Value>map(Value.Text::new).toList());
  }

  private Value join(String self, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("items");
    StringBuilder out = new StringBuilder();
    String between = "";
    for (Value item : iteration.all(bound.value("items"))) {
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
