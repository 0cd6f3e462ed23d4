package org.cloudmdirsync.config;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may stand after the colon of a field: fill, alignment, width, and a type out of {@code
 * sdxXob}.
 */
final class FieldFormat {
  private static final Pattern SPEC =
      Pattern.compile("(?:(.)?([<>^]))?(0)?([0-9]{1,6})?([sdxXob])?", Pattern.DOTALL);

  private final Printer printer;
  private final Budget budget;

  FieldFormat(Printer printer, Budget budget) {
    this.printer = printer;
    this.budget = budget;
  }

  String apply(Value value, String conversion, String spec) {
    if (!conversion.isEmpty()) {
      String text = conversion.equals("r") ? printer.written(value) : printer.text(value);
      return apply(new Value.Text(text), "", spec);
    }
    if (spec.isEmpty()) {
      return printer.text(value);
    }
    Matcher matcher = SPEC.matcher(spec);
    if (!matcher.matches()) {
      throw new Rejected("the format \"" + spec + "\" is not supported");
    }
    String type = matcher.group(5) == null ? "" : matcher.group(5);
    boolean zeros = matcher.group(3) != null;
    OptionalLong number = Located.number(value);
    if (number.isPresent() && !type.equals("s")) {
      return padded(digits(number.getAsLong(), type), matcher, ">", zeros);
    } else if (value instanceof Value.Text(String text)
        && (type.isEmpty() || type.equals("s"))
        && !zeros) {
      return padded(text, matcher, "<", false);
    }
    throw new Rejected("the format \"" + spec + "\" does not work on " + value.kind());
  }

  private static String digits(long number, String type) {
    int radix =
        switch (type) {
          case "x", "X" -> 16;
          case "o" -> 8;
          case "b" -> 2;
          default -> 10;
        };
    String digits = Long.toString(number, radix);
    return type.equals("X") ? digits.toUpperCase(Locale.ROOT) : digits;
  }

  private String padded(String text, Matcher spec, String usual, boolean zeros) {
    int width = spec.group(4) == null ? 0 : Integer.parseInt(spec.group(4));
    String fill = spec.group(1) == null ? zeros ? "0" : " " : spec.group(1);
    String alignment = spec.group(2) == null ? zeros ? "=" : usual : spec.group(2);
    int missing = Math.max(0, width - text.codePointCount(0, text.length()));
    budget.make((long) text.length() + missing);
    int before =
        switch (alignment) {
          case "<" -> 0;
          case "^" -> missing / 2;
          default -> missing;
        };
    if (alignment.equals("=") && text.startsWith("-")) {
      return "-" + fill.repeat(missing) + text.substring(1);
    }
    return fill.repeat(before) + text + fill.repeat(missing - before);
  }
}
