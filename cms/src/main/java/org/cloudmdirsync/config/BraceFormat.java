package org.cloudmdirsync.config;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code "…".format(…)} with fields by position or name. */
final class BraceFormat {
  private static final Pattern PIECE =
      Pattern.compile(
          "\\{\\{|\\}\\}|\\{([A-Za-z_][A-Za-z_0-9]*|[0-9]{0,6})(?:!([rs]))?(?::([^{}]*))?\\}|[{}]");

  private final List<Value> values;
  private final Map<String, Value> named;
  private final FieldFormat fields;
  private final Budget budget;
  private int next;

  BraceFormat(List<Value> values, Map<String, Value> named, Printer printer, Budget budget) {
    this.values = values;
    this.named = named;
    this.fields = new FieldFormat(printer, budget);
    this.budget = budget;
  }

  Value apply(String format) {
    budget.make(format.length());
    StringBuilder out = new StringBuilder();
    Matcher piece = PIECE.matcher(format);
    int done = 0;
    while (piece.find()) {
      out.append(format, done, piece.start());
      out.append(
          switch (piece.group()) {
            case "{{" -> "{";
            case "}}" -> "}";
            case "{", "}" -> throw new Rejected("this field in the string is not supported");
            default -> field(piece);
          });
      done = piece.end();
    }
    return new Value.Text(out.append(format, done, format.length()).toString());
  }

  private String field(Matcher piece) {
    String conversion = piece.group(2) == null ? "" : piece.group(2);
    String format = piece.group(3) == null ? "" : piece.group(3);
    return fields.apply(value(piece.group(1)), conversion, format);
  }

  private Value value(String field) {
    Value found;
    if (!field.isEmpty() && !Character.isDigit(field.charAt(0))) {
      found = named.get(field);
    } else {
      if (field.isEmpty() == next < 0) {
        throw new Rejected("numbered and unnumbered fields cannot be mixed");
      }
      int index = field.isEmpty() ? next++ : Integer.parseInt(field);
      next = field.isEmpty() ? next : -1;
      found = index < values.size() ? values.get(index) : null;
    }
    if (found == null) {
      throw new Rejected("there is no value for the field {" + field + "}");
    }
    return found;
  }
}
