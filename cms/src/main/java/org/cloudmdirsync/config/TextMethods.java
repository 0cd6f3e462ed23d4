package org.cloudmdirsync.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.cloudmdirsync.config.Methods.Method;

/** The common methods of strings. */
final class TextMethods {
  private final Budget budget;
  private final TextSearch search;
  private final Map<String, Method<String>> all = new HashMap<>();

  TextMethods(Budget budget) {
    this.budget = budget;
    this.search = new TextSearch(budget);
    all.putAll(search.all());
    all.putAll(new TextSplitting(budget).all());
    change("lower", text -> text.toLowerCase(Locale.ROOT));
    change("casefold", text -> text.toLowerCase(Locale.ROOT));
    change("upper", text -> text.toUpperCase(Locale.ROOT));
    change("capitalize", TextMethods::capitalized);
    change("title", TextMethods::titled);
    strip("strip", true, true);
    strip("lstrip", true, false);
    strip("rstrip", false, true);
    test("isdigit", Character::isDigit);
    test("isalpha", Character::isLetter);
    test("isalnum", Character::isLetterOrDigit);
    test("isspace", TextMethods::isSpace);
    all.put("islower", (self, arguments) -> cased(self, arguments, Character::isUpperCase));
    all.put("isupper", (self, arguments) -> cased(self, arguments, Character::isLowerCase));
    all.put("removeprefix", this::removePrefix);
    all.put("removesuffix", this::removeSuffix);
    all.put("format", this::format);
  }

  Map<String, Method<String>> all() {
    return all;
  }

  private void change(String name, UnaryOperator<String> change) {
    all.put(
        name,
        (self, arguments) -> {
          arguments.bind();
          // A few letters grow when their case changes, to three times their length at the most.
          budget.make(3L * self.length());
          return new Value.Text(change.apply(self));
        });
  }

  private void test(String name, IntPredicate test) {
    all.put(
        name,
        (self, arguments) -> {
          arguments.bind();
          budget.look(self.length());
          return Value.Bool.of(!self.isEmpty() && self.codePoints().allMatch(test));
        });
  }

  /** No character of the other case, and at least one that has case. */
  private Value cased(String self, Arguments arguments, IntPredicate other) {
    arguments.bind();
    budget.look(self.length());
    IntPredicate hasCase = c -> Character.isUpperCase(c) || Character.isLowerCase(c);
    return Value.Bool.of(self.codePoints().noneMatch(other) && self.codePoints().anyMatch(hasCase));
  }

  private void strip(String name, boolean left, boolean right) {
    all.put(
        name,
        (self, arguments) -> {
          var characters = arguments.bind("chars").optional("chars").map(Located::text);
          budget.make(self.length() * (1L + characters.orElse("").length()));
          IntPredicate drop =
              characters.isPresent() ? c -> characters.get().indexOf(c) >= 0 : TextMethods::isSpace;
          return new Value.Text(stripped(self, drop, left, right));
        });
  }

  private static String stripped(String text, IntPredicate drop, boolean left, boolean right) {
    int start = 0;
    int end = text.length();
    while (left && start < end && drop.test(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (right && end > start && drop.test(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  /** What Python takes for white space. */
  static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }

  private static String capitalized(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return Character.toString(Character.toTitleCase(text.codePointAt(0)))
        + text.substring(first).toLowerCase(Locale.ROOT);
  }

  private static String titled(String text) {
    StringBuilder out = new StringBuilder();
    boolean inWord = false;
    for (int c : text.codePoints().toArray()) {
      out.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inWord = Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
    }
    return out.toString();
  }

  private Value removePrefix(String self, Arguments arguments) {
    String prefix = arguments.bind("prefix").required("prefix").text();
    budget.make(self.length());
    return new Value.Text(self.startsWith(prefix) ? self.substring(prefix.length()) : self);
  }

  private Value removeSuffix(String self, Arguments arguments) {
    String suffix = arguments.bind("suffix").required("suffix").text();
    budget.make(self.length());
    int kept = self.length() - (self.endsWith(suffix) ? suffix.length() : 0);
    return new Value.Text(self.substring(0, kept));
  }

  private Value format(String self, Arguments arguments) {
    Map<String, Value> named = new LinkedHashMap<>();
    arguments
        .given()
        .forEach(given -> given.name().ifPresent(name -> named.put(name, given.value())));
    List<Value> values =
        arguments.given().stream()
            .filter(given -> given.name().isEmpty())
            .map(Arguments.Given::value)
            .toList();
    return new BraceFormat(values, named, new Printer(budget), budget).apply(self);
  }
}
