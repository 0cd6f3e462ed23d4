package org.cloudmdirsync.config;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Values as Python's {@code str} and {@code repr} show them. */
final class Printer {
  private final Budget budget;

  Printer(Budget budget) {
    this.budget = budget;
  }

  /** A string as it is, everything else as it would be written. */
  String text(Value value) {
    return value instanceof Value.Text(String text) ? text : written(value);
  }

  /** As it would be written in a file. */
  String written(Value value) {
    StringBuilder out = new StringBuilder();
    write(value, out, Collections.newSetFromMap(new IdentityHashMap<>()));
    return out.toString();
  }

  private void write(Value value, StringBuilder out, Set<Value> around) {
    budget.enter();
    switch (value) {
      case Value.None _ -> put("None", out);
      case Value.Bool flag -> put(flag.value() ? "True" : "False", out);
      case Value.Int(long number) -> put(Long.toString(number), out);
      case Value.Text(String text) -> put(quoted(text), out);
      case Value.Tuple(List<Value> items) -> {
        put("(", out);
        writeAll(items, out, around);
        put(items.size() == 1 ? ",)" : ")", out);
      }
      case Value.Sequence list -> {
        put("[", out);
        within(list, () -> writeAll(list.items(), out, around), out, around);
        put("]", out);
      }
      case Value.Dict dict -> {
        put("{", out);
        within(dict, () -> writeEntries(dict, out, around), out, around);
        put("}", out);
      }
      case Value.Function function -> put("<function " + function.definition().name() + ">", out);
      case Value.Builtin builtin -> put("<function " + builtin.name() + ">", out);
      case Value.Entity entity -> put("<" + entity.title() + ">", out);
    }
    budget.leave();
  }

  /** A list or dict that holds itself is shown as three dots inside itself. */
  private void within(Value holder, Runnable write, StringBuilder out, Set<Value> around) {
    if (!around.add(holder)) {
      put("...", out);
      return;
    }
    write.run();
    around.remove(holder);
  }

  private void writeAll(Collection<Value> items, StringBuilder out, Set<Value> around) {
    for (Iterator<Value> each = items.iterator(); each.hasNext(); ) {
      write(each.next(), out, around);
      put(each.hasNext() ? ", " : "", out);
    }
  }

  private void writeEntries(Value.Dict dict, StringBuilder out, Set<Value> around) {
    for (Iterator<Value.Dict.Entry> each = dict.entries().values().iterator(); each.hasNext(); ) {
      Value.Dict.Entry entry = each.next();
      write(entry.key(), out, around);
      put(": ", out);
      write(entry.value(), out, around);
      put(each.hasNext() ? ", " : "", out);
    }
  }

  private void put(String text, StringBuilder out) {
    budget.make(text.length());
    out.append(text);
  }

  /** In quotes, with escapes where needed. */
  static String quoted(String text) {
    char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
    StringBuilder out = new StringBuilder().append(quote);
    text.codePoints().forEach(c -> append(c, quote, out));
    return out.append(quote).toString();
  }

  private static void append(int c, char quote, StringBuilder out) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\\' -> out.append("\\\\");
      default -> {
        if (c == quote) {
          out.append('\\').append(quote);
        } else if (isShown(c)) {
          out.appendCodePoint(c);
        } else {
          out.append(
              c < 0x100
                  ? String.format("\\x%02x", c)
                  : c < 0x10000 ? String.format("\\u%04x", c) : String.format("\\U%08x", c));
        }
      }
    }
  }

  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
