package org.cloudmdirsync.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.cloudmdirsync.config.Arguments.Bound;
import org.cloudmdirsync.config.Arguments.Given;

/** Python's functions that a configuration may want. What Python makes lazily is a list here. */
final class Builtins {
  private final Budget budget;
  private final Printer printer;
  private final Iteration iteration;
  private final Comparisons comparisons;
  private final Operators operators;
  private final Map<String, Value> all = new LinkedHashMap<>();

  private Builtins(Budget budget, Consumer<String> printed) {
    this.budget = budget;
    this.printer = new Printer(budget);
    this.iteration = new Iteration(budget);
    this.comparisons = new Comparisons(budget);
    this.operators = new Operators(budget);
    add("len", this::length);
    add("str", this::string);
    add("repr", a -> new Value.Text(printer.written(only(a))));
    add("int", a -> new IntegerConversion(budget).convert(a));
    add(
        "bool",
        a -> Value.Bool.of(a.bind("x").optional("x").map(x -> x.value().isTrue()).orElse(false)));
    add("list", a -> new Value.Sequence(optionalItems(a)));
    add("tuple", a -> new Value.Tuple(optionalItems(a)));
    add("dict", this::dict);
    add("range", this::range);
    add("enumerate", this::enumerate);
    add("zip", this::zip);
    add("reversed", a -> new Value.Sequence(reversible(only(a)).reversed()));
    add("sorted", this::sorted);
    add("min", a -> extreme(a, -1));
    add("max", a -> extreme(a, 1));
    add("sum", this::sum);
    add("any", a -> Value.Bool.of(iteration.all(only(a)).stream().anyMatch(Value::isTrue)));
    add("all", a -> Value.Bool.of(iteration.all(only(a)).stream().allMatch(Value::isTrue)));
    add("abs", this::absolute);
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

  private void add(String name, Value.Builtin.Body body) {
    all.put(name, new Value.Builtin(name, body));
  }

  private static Value only(Arguments arguments) {
    return arguments.bind("x").value("x");
  }

  private List<Value> optionalItems(Arguments arguments) {
    return arguments.bind("items").values().isEmpty()
        ? List.of()
        : iteration.all(arguments.bind("items").value("items"));
  }

  private Value length(Arguments arguments) {
    return new Value.Int(
        switch (only(arguments)) {
          case Value.Text(String text) -> {
            budget.look(text.length());
            yield text.codePointCount(0, text.length());
          }
          case Value.Sequence list -> list.items().size();
          case Value.Tuple(List<Value> items) -> items.size();
          case Value.Dict dict -> dict.entries().size();
          case Value other -> throw new Rejected(other.kind() + " has no length");
        });
  }

  private Value string(Arguments arguments) {
    return new Value.Text(arguments.given().isEmpty() ? "" : printer.text(only(arguments)));
  }

  private Value dict(Arguments arguments) {
    Value.Dict dict = new Value.Dict();
    Subscripts subscripts = new Subscripts(budget);
    for (Given given : arguments.given()) {
      if (given.name().isPresent()) {
        subscripts.put(dict, new Value.Text(given.name().get()), given.value());
      } else if (given.value() instanceof Value.Dict other) {
        List.copyOf(other.entries().values())
            .forEach(entry -> subscripts.put(dict, entry.key(), entry.value()));
      } else {
        iteration.all(given.value()).forEach(pair -> putPair(subscripts, dict, pair));
      }
    }
    return dict;
  }

  private void putPair(Subscripts subscripts, Value.Dict dict, Value pair) {
    List<Value> items = iteration.all(pair);
    if (items.size() != 2) {
      throw new Rejected("a dict is made of pairs");
    }
    subscripts.put(dict, items.getFirst(), items.getLast());
  }

  private Value range(Arguments arguments) {
    Bound bound = arguments.bind("start", "stop", "step");
    long first = bound.required("start").number();
    long start = bound.optional("stop").isPresent() ? first : 0;
    long stop = bound.optional("stop").map(Located::number).orElse(first);
    long step = bound.optional("step").map(Located::number).orElse(1L);
    if (step == 0) {
      throw new Rejected("the step of a range must not be zero");
    }
    List<Value> items = new ArrayList<>();
    try {
      for (long i = start; step > 0 ? i < stop : i > stop; i = Math.addExact(i, step)) {
        budget.make(1);
        items.add(new Value.Int(i));
      }
    } catch (ArithmeticException beyondTheLastNumber) {
      return new Value.Sequence(items);
    }
    return new Value.Sequence(items);
  }

  private Value enumerate(Arguments arguments) {
    Bound bound = arguments.bind("items", "start");
    long number = bound.optional("start").map(Located::number).orElse(0L);
    List<Value> pairs = new ArrayList<>();
    for (Value item : iteration.all(bound.value("items"))) {
      budget.make(3);
      pairs.add(new Value.Tuple(List.of(new Value.Int(number++), item)));
    }
    return new Value.Sequence(pairs);
  }

  private Value zip(Arguments arguments) {
    List<List<Value>> columns = positional(arguments).stream().map(iteration::all).toList();
    int rows = columns.stream().mapToInt(List::size).min().orElse(0);
    List<Value> zipped = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      int row = i;
      budget.make(1L + columns.size());
      zipped.add(new Value.Tuple(columns.stream().map(column -> column.get(row)).toList()));
    }
    return new Value.Sequence(zipped);
  }

  private List<Value> reversible(Value value) {
    if (value instanceof Value.None || value instanceof Value.Entity) {
      throw new Rejected(value.kind() + " has no items");
    }
    return iteration.all(value);
  }

  private Value sorted(Arguments arguments) {
    Bound bound = arguments.bind("items", "reverse");
    List<Value> items = iteration.all(bound.value("items"));
    boolean reverse = bound.optional("reverse").map(Located::flag).orElse(false);
    new ListMethods(budget).sort(items, reverse);
    return new Value.Sequence(items);
  }

  /** The first of the smallest (sign -1) or greatest (sign 1). */
  private Value extreme(Arguments arguments, int sign) {
    List<Value> given = positional(arguments);
    List<Value> items = given.size() == 1 ? iteration.all(given.getFirst()) : given;
    if (items.isEmpty()) {
      throw new Rejected(arguments.function() + "() of nothing");
    }
    Value best = items.getFirst();
    for (Value item : items.subList(1, items.size())) {
      best = comparisons.order(item, best, sign < 0 ? "<" : ">") * sign > 0 ? item : best;
    }
    return best;
  }

  private Value sum(Arguments arguments) {
    Bound bound = arguments.bind("items", "start");
    Value sum = bound.optional("start").map(Located::value).orElse(new Value.Int(0));
    for (Value item : iteration.all(bound.value("items"))) {
      sum = operators.binary("+", sum, item);
    }
    return sum;
  }

  private Value absolute(Arguments arguments) {
    Value value = only(arguments);
    long number =
        Located.number(value)
            .orElseThrow(() -> new Rejected("abs() needs a number, not " + value.kind()));
    return number < 0 ? operators.unary("-", value) : new Value.Int(number);
  }

  private Value print(Arguments arguments, Consumer<String> printed) {
    printed.accept(
        positional(arguments).stream().map(printer::text).collect(Collectors.joining(" ")));
    return Value.None.NONE;
  }

  private static List<Value> positional(Arguments arguments) {
    for (Given given : arguments.given()) {
      if (given.name().isPresent()) {
        throw new Rejected(given.namePosition(), "unknown argument \"" + given.name().get() + "\"");
      }
    }
    return arguments.given().stream().map(Given::value).toList();
  }
}
