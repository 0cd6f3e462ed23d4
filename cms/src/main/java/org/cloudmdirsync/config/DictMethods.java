package org.cloudmdirsync.config;

import java.util.List;
import java.util.Map;
import org.cloudmdirsync.config.Methods.Method;
import org.cloudmdirsync.config.Value.Dict;

/** The methods of dicts. Keys, values and items come as lists, where Python has views. */
final class DictMethods {
  private final Budget budget;
  private final Subscripts subscripts;
  private final Map<String, Method<Dict>> all;

  DictMethods(Budget budget) {
    this.budget = budget;
    this.subscripts = new Subscripts(budget);
    this.all =
        Map.of(
            "get", this::get,
            "keys", this::keys,
            "values", this::values,
            "items", this::items,
            "setdefault", this::setDefault,
            "pop", this::pop,
            "update", this::update,
            "copy", this::copy,
            "clear", DictMethods::clear);
  }

  Map<String, Method<Dict>> all() {
    return all;
  }

  private Value get(Dict self, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("key", "default");
    Dict.Entry entry = self.entries().get(Keys.of(bound.value("key"), budget));
    return entry == null ? otherwise(bound) : entry.value();
  }

  private static Value otherwise(Arguments.Bound bound) {
    return bound.optional("default").map(Located::value).orElse(Value.None.NONE);
  }

  private Value keys(Dict self, Arguments arguments) {
    arguments.bind();
    budget.make(self.entries().size());
    return new Value.Sequence(self.entries().values().stream().map(Dict.Entry::key).toList());
  }

  private Value values(Dict self, Arguments arguments) {
    arguments.bind();
    budget.make(self.entries().size());
    return new Value.Sequence(self.entries().values().stream().map(Dict.Entry::value).toList());
  }

  private Value items(Dict self, Arguments arguments) {
    arguments.bind();
    budget.make(3L * self.entries().size());
    return new Value.Sequence(
        self.entries().values().stream()
            .map(entry -> new Value.Tuple(List.of(entry.key(), entry.value())))
            .toList());
  }

  private Value setDefault(Dict self, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("key", "default");
    Value key = bound.value("key");
    Dict.Entry entry = self.entries().get(Keys.of(key, budget));
    if (entry != null) {
      return entry.value();
    }
    subscripts.put(self, key, otherwise(bound));
    return otherwise(bound);
  }

  private Value pop(Dict self, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("key", "default");
    Dict.Entry entry = self.entries().remove(Keys.of(bound.value("key"), budget));
    if (entry != null) {
      return entry.value();
    }
    return bound.required("default").value();
  }

  private Value update(Dict self, Arguments arguments) {
    if (arguments.bind("other").value("other") instanceof Dict other) {
      List.copyOf(other.entries().values())
          .forEach(entry -> subscripts.put(self, entry.key(), entry.value()));
      return Value.None.NONE;
    }
    throw new Rejected("update() needs a dict");
  }

  private Value copy(Dict self, Arguments arguments) {
    arguments.bind();
    budget.make(2L * self.entries().size());
    Dict copy = new Dict();
    copy.entries().putAll(self.entries());
    return copy;
  }

  private static Value clear(Dict self, Arguments arguments) {
    arguments.bind();
    self.entries().clear();
    return Value.None.NONE;
  }
}
