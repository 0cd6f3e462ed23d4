package org.cloudmdirsync.config;

import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code "…" % values} with {@code %s %r %d %x %X %o} and a width. */
final class PercentFormat {
  private static final Pattern FIELD =
      Pattern.compile("%([-0]?)([0-9]{0,6})(.|\\z)", Pattern.DOTALL);

  private final String format;
  private final Value values;
  private final FieldFormat fields;

  PercentFormat(String format, Value values, Printer printer, Budget budget) {
    budget.make(format.length());
    this.format = format;
    this.values = values;
    this.fields = new FieldFormat(printer, budget);
  }

  Value value() {
    List<Value> items = values instanceof Value.Tuple(List<Value> tuple) ? tuple : List.of(values);
    Iterator<Value> each = items.iterator();
    StringBuilder out = new StringBuilder();
    Matcher field = FIELD.matcher(format);
    int done = 0;
    while (field.find()) {
      out.append(format, done, field.start()).append(field(field, each));
      done = field.end();
    }
    if (each.hasNext() && !(values instanceof Value.Dict)) {
      throw new Rejected("there are more values than places in the string before \"%\"");
    }
    return new Value.Text(out.append(format, done, format.length()).toString());
  }

  private String field(Matcher field, Iterator<Value> each) {
    String type = field.group(3);
    if (type.equals("%")) {
      return "%";
    } else if (type.isEmpty() || !"srdixXo".contains(type)) {
      throw new Rejected("\"" + field.group() + "\" is not supported before \"%\"");
    } else if (!each.hasNext()) {
      throw new Rejected("there are fewer values than places in the string before \"%\"");
    }
    Value value = each.next();
    boolean text = type.equals("s") || type.equals("r");
    if (!text && Located.number(value).isEmpty()) {
      throw new Rejected("\"" + field.group() + "\" needs a number, not " + value.kind());
    }
    String alignment =
        field.group(1).equals("-") ? "<" : text || field.group(1).isEmpty() ? ">" : "";
    String zeros = alignment.isEmpty() ? "0" : "";
    String kind = text ? "s" : type.equals("i") ? "d" : type;
    return fields.apply(value, text ? type : "", alignment + zeros + field.group(2) + kind);
  }
}
