package org.cloudmdirsync.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.cloudmdirsync.config.Arguments.Bound;
import org.cloudmdirsync.config.Arguments.Given;

/** Python's functions that a configuration has. What Python makes lazily is a list here. */
final class Builtins {
  private static final Set<String> UNSUPPORTED =
      Set.of(
          ("__import__ abs all any bool bytes callable chr dict dir divmod enumerate eval exec"
                  + " exit filter float frozenset getattr globals hasattr hex id input int isinstance iter list"
                  + " locals map max min next object oct open ord pow quit repr reversed round set"
                  + " setattr slice sorted sum super tuple type vars zip Exception")
              .split(" "));

  private final Budget budget;
  private final Items items;
  private final Map<String, Value> all = new LinkedHashMap<>();

  private Builtins(Budget budget, Consumer<String> printed) {
    this.budget = budget;
    this.items = new Items(budget);
    add("len", a -> new Value.Int(length(a.bind("x").value("x"))));
    add("str", a -> new Value.Text(Items.text(a.bind("x").value("x"))));
    add("range", this::range);
    add("print", a -> print(a, printed));
  }

  /**
   * All of them, by name.
   *
   * @param printed takes what the configuration prints
   */
  static Map<String, Value> of(Budget budget, Consumer<String> printed) {
    return new Builtins(budget, printed).all;
  }

  /** Whether Python has a function of that name, and a configuration has not. */
  static boolean isUnsupported(String name) {
    return UNSUPPORTED.contains(name);
  }

  private void add(String name, Value.Builtin.Body body) {
    all.put(name, new Value.Builtin(name, body));
  }

  private int length(Value value) {
    if (value instanceof Value.Text(String text)) {
      budget.look(text.length());
      return text.codePointCount(0, text.length());
    }
    return items.of(value).size();
  }

  private Value range(Arguments arguments) {
    Bound bound = arguments.bind("start", "stop");
    long first = bound.required("start").number();
    long start = bound.optional("stop").isPresent() ? first : 0;
    long stop = bound.optional("stop").map(Located::number).orElse(first);
    List<Value> numbers = new ArrayList<>();
    for (long i = start; i < stop; i++) {
      budget.make(1);
      numbers.add(new Value.Int(i));
    }
    return new Value.Sequence(numbers);
  }

  private static Value print(Arguments arguments, Consumer<String> printed) {
    for (Given given : arguments.given()) {
      if (given.name().isPresent()) {
        throw new Rejected(given.namePosition(), "print() takes no names of arguments");
      }
    }
    printed.accept(
        arguments.given().stream()
            .map(given -> Items.text(given.value()))
            .collect(Collectors.joining(" ")));
    return Value.None.NONE;
  }
}
