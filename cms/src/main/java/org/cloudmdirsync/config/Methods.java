package org.cloudmdirsync.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.cloudmdirsync.config.Arguments.Bound;

/** The methods of lists and dicts; those of strings are in {@link TextMethods}. */
final class Methods {
  private final Budget budget;
  private final Items items;
  private final Operators operators;
  private final TextMethods texts;

  /** A method of values of one kind. */
  @FunctionalInterface
  interface Method<T> {
    Value call(T self, Arguments arguments);
  }

  private final Map<String, Method<List<Value>>> lists =
      Map.of(
          "append", this::append,
          "extend", this::extend,
          "insert", this::insert,
          "remove", this::remove,
          "pop", Methods::pop);

  private final Map<String, Method<Map<String, Value>>> dicts =
      Map.of("get", this::get, "keys", this::keys, "values", this::values, "items", this::pairs);

  Methods(Budget budget) {
    this.budget = budget;
    this.items = new Items(budget);
    this.operators = new Operators(budget);
    this.texts = new TextMethods(budget);
  }

  /** The method of that value and name, ready to be called. */
  Value of(Value self, String name) {
    return switch (self) {
      case Value.Text(String text) -> bound(text, self, name, texts.all());
      case Value.Sequence list -> bound(list.items(), self, name, lists);
      case Value.Dict dict -> bound(dict.entries(), self, name, dicts);
      case Value other -> throw new Rejected(other.kind() + " has no \"" + name + "\"");
    };
  }

  private static <T> Value bound(T self, Value value, String name, Map<String, Method<T>> methods) {
    Method<T> method = methods.get(name);
    if (method == null) {
      throw new Rejected(
          "\"" + name + "\" of " + value.kind() + " is not supported" + instead(name, methods));
    }
    return new Value.Builtin(name, arguments -> method.call(self, arguments));
  }

  private static String instead(String name, Map<String, ?> methods) {
    if (name.equals("format")) {
      return "; write an f-string, such as f\"{name}\"";
    }
    String near = Suggestion.of(name, methods.keySet());
    return near.isEmpty()
        ? "; there are " + String.join(", ", new TreeSet<>(methods.keySet()))
        : near;
  }

  private Value append(List<Value> self, Arguments arguments) {
    budget.make(1);
    self.add(arguments.bind("item").value("item"));
    return Value.None.NONE;
  }

  private Value extend(List<Value> self, Arguments arguments) {
    List<Value> added = List.copyOf(items.of(arguments.bind("items").value("items")));
    budget.make(added.size());
    self.addAll(added);
    return Value.None.NONE;
  }

  private Value insert(List<Value> self, Arguments arguments) {
    Bound bound = arguments.bind("index", "item");
    long index = bound.required("index").number();
    budget.make(1);
    budget.look(self.size());
    long place = index < 0 ? index + self.size() : index;
    self.add(Math.clamp(place, 0, self.size()), bound.value("item"));
    return Value.None.NONE;
  }

  private Value remove(List<Value> self, Arguments arguments) {
    int place = operators.indexOf(self, arguments.bind("value").value("value"));
    if (place < 0) {
      throw new Rejected("the list does not hold that value");
    }
    self.remove(place);
    return Value.None.NONE;
  }

  private static Value pop(List<Value> self, Arguments arguments) {
    Optional<Located> index = arguments.bind("index").optional("index");
    Value place = index.map(Located::value).orElse(new Value.Int(-1));
    return self.remove(Items.place(place, self.size()));
  }

  private Value get(Map<String, Value> self, Arguments arguments) {
    Bound bound = arguments.bind("key", "default");
    Value byDefault = bound.optional("default").map(Located::value).orElse(Value.None.NONE);
    return self.getOrDefault(items.key(bound.value("key")), byDefault);
  }

  private Value keys(Map<String, Value> self, Arguments arguments) {
    arguments.bind();
    return new Value.Sequence(items.texts(self.keySet()));
  }

  private Value values(Map<String, Value> self, Arguments arguments) {
    arguments.bind();
    budget.make(self.size());
    return new Value.Sequence(self.values());
  }

  private Value pairs(Map<String, Value> self, Arguments arguments) {
    arguments.bind();
    budget.make(3L * self.size());
    return new Value.Sequence(
        self.entrySet().stream()
            .map(
                entry -> new Value.Tuple(List.of(new Value.Text(entry.getKey()), entry.getValue())))
            .toList());
  }
}
