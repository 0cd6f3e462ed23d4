package org.cloudmdirsync.config;

import java.util.Locale;
import java.util.regex.Pattern;
import org.cloudmdirsync.config.Arguments.Bound;

/** {@code int(x)} and {@code int("0o600", 8)}. */
final class IntegerConversion {
  private static final Pattern DIGITS = Pattern.compile("[-+]?[0-9a-z]+(_[0-9a-z]+)*");

  private final Budget budget;

  IntegerConversion(Budget budget) {
    this.budget = budget;
  }

  Value convert(Arguments arguments) {
    Bound bound = arguments.bind("x", "base");
    if (bound.values().isEmpty()) {
      return new Value.Int(0);
    }
    Value value = bound.value("x");
    if (bound.optional("base").isEmpty() && Located.number(value).isPresent()) {
      return new Value.Int(Located.number(value).getAsLong());
    }
    int radix = Math.clamp(bound.optional("base").map(Located::number).orElse(10L), -1, 99);
    if (radix < 2 || radix > 36) {
      throw new Rejected("the base must lie between 2 and 36");
    }
    return new Value.Int(parse(bound.required("x").text(), radix));
  }

  private long parse(String text, int radix) {
    budget.look(text.length());
    String digits = text.strip().toLowerCase(Locale.ROOT);
    String prefix = radix == 8 ? "0o" : radix == 16 ? "0x" : radix == 2 ? "0b" : "";
    boolean negative = digits.startsWith("-");
    String bare = digits.startsWith("-") || digits.startsWith("+") ? digits.substring(1) : digits;
    boolean prefixed = !prefix.isEmpty() && bare.startsWith(prefix);
    String number = prefixed ? bare.substring(2).replaceFirst("^_", "") : bare;
    if (!DIGITS.matcher(digits).matches() || number.startsWith("-") || number.startsWith("+")) {
      throw notANumber(text);
    }
    try {
      return Long.parseLong((negative ? "-" : "") + number.replace("_", ""), radix);
    } catch (NumberFormatException wrong) {
      throw notANumber(text);
    }
  }

  private static Rejected notANumber(String text) {
    String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return new Rejected(Printer.quoted(shown) + " is not a number");
  }
}
