package org.cloudmdirsync.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs a file in our interpreter with the same stand-ins that {@code record.py} has. */
final class Recording {
  private static final List<String> ATTRIBUTES =
      List.of(
          "message_db_dir",
          "direct_message",
          "web_url",
          "state_dir",
          "trace_file",
          "delete_action",
          "note");

  private final Budget budget = new Budget();
  private final List<String> lines = new ArrayList<>();

  /** Why the file was refused; empty when it was not. */
  private String refusal = "";

  private Recording() {}

  static Recording of(Source source) {
    Recording recording = new Recording();
    recording.run(source);
    return recording;
  }

  List<String> lines() {
    return lines;
  }

  String refusal() {
    return refusal;
  }

  private void run(Source source) {
    Map<String, Value> names = new LinkedHashMap<>(Builtins.of(budget, _ -> {}));
    names.put("cfg", entity("cfg"));
    for (String account : List.of("Office365_Account", "GMail_Account", "OAuth2_Account")) {
      names.put(account, standIn(account, "an account"));
    }
    for (String mailbox : List.of("Office365", "GMail", "MailDir")) {
      names.put(mailbox, standIn(mailbox, "a mailbox"));
    }
    for (String other : List.of("Registration", "CredentialServer", "seen")) {
      names.put(other, standIn(other, ""));
    }
    try {
      Interpreter.run(source, names, budget)
          .forEach((name, value) -> {
            if (!isFunction(value)) {
              lines.add(name + " = " + written(value));
            }
          });
    } catch (Rejected rejected) {
      lines.add("error");
      refusal = rejected.error(source).toString();
    }
  }

  private Value standIn(String name, String result) {
    return new Value.Builtin(
        name,
        arguments -> {
          List<String> given = new ArrayList<>();
          for (Arguments.Given argument : arguments.given()) {
            given.add(argument.name().map(n -> n + "=").orElse("") + shown(argument.value()));
          }
          lines.add(name + "(" + String.join(", ", given) + ")");
          return result.isEmpty() ? Value.None.NONE : entity(result);
        });
  }

  private Value.Entity entity(String title) {
    Map<String, Value.Entity.Check> checks = new LinkedHashMap<>();
    for (String attribute : ATTRIBUTES) {
      checks.put(
          attribute,
          given -> lines.add("set " + title + "." + attribute + " = " + shown(given.value())));
    }
    return new Value.Entity(title, checks);
  }

  private String shown(Value value) {
    return isFunction(value) ? "a function" : written(value);
  }

  private static boolean isFunction(Value value) {
    return value instanceof Value.Function || value instanceof Value.Builtin;
  }

  /** As CPython's {@code ascii}. */
  private static String written(Value value) {
    return switch (value) {
      case Value.Text(String text) -> quoted(text);
      case Value.Sequence list -> "[" + all(list.items()) + "]";
      case Value.Tuple(List<Value> items) -> "(" + all(items) + (items.size() == 1 ? ",)" : ")");
      case Value.Dict dict ->
          dict.entries().entrySet().stream()
              .map(entry -> quoted(entry.getKey()) + ": " + written(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Value.Entity entity -> "<" + entity.title() + ">";
      case Value.Function _, Value.Builtin _ -> "<function>";
      case Value.None _, Value.Bool _, Value.Int _ -> Items.text(value);
    };
  }

  private static String all(List<Value> items) {
    return items.stream().map(Recording::written).collect(Collectors.joining(", "));
  }

  private static String quoted(String text) {
    String quote = text.contains("'") && !text.contains("\"") ? "\"" : "'";
    return text.codePoints()
        .mapToObj(c -> Character.toString(c).equals(quote) ? "\\" + quote : escaped(c))
        .collect(Collectors.joining("", quote, quote));
  }

  private static String escaped(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\\' -> "\\\\";
      default -> {
        String form = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
        yield c >= ' ' && c <= '~' ? Character.toString(c) : form.formatted(c);
      }
    };
  }
}
