package org.cloudmdirsync.config;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.cloudmdirsync.config.Methods.Method;

/** The methods of lists and tuples. */
final class ListMethods {
  private final Budget budget;
  private final Comparisons comparisons;
  private final Iteration iteration;
  private final Map<String, Method<List<Value>>> all;
  private final Map<String, Method<List<Value>>> unchanging;

  ListMethods(Budget budget) {
    this.budget = budget;
    this.comparisons = new Comparisons(budget);
    this.iteration = new Iteration(budget);
    this.unchanging = Map.of("index", this::index, "count", this::count);
    this.all =
        Map.ofEntries(
            Map.entry("index", this::index),
            Map.entry("count", this::count),
            Map.entry("append", this::append),
            Map.entry("extend", this::extend),
            Map.entry("insert", this::insert),
            Map.entry("pop", ListMethods::pop),
            Map.entry("remove", this::remove),
            Map.entry("clear", ListMethods::clear),
            Map.entry("copy", this::copy),
            Map.entry("reverse", ListMethods::reverse),
            Map.entry("sort", this::sort));
  }

  Map<String, Method<List<Value>>> all() {
    return all;
  }

  /** Those of a tuple. */
  Map<String, Method<List<Value>>> unchanging() {
    return unchanging;
  }

  private Value index(List<Value> self, Arguments arguments) {
    return new Value.Int(found(self, arguments.bind("value").value("value")));
  }

  private int found(List<Value> self, Value wanted) {
    int index = comparisons.indexOf(self, wanted);
    if (index < 0) {
      throw new Rejected("the list does not hold that value");
    }
    return index;
  }

  private Value count(List<Value> self, Arguments arguments) {
    Value wanted = arguments.bind("value").value("value");
    return new Value.Int(
        self.stream()
            .filter(item -> Comparisons.identical(item, wanted) || comparisons.equal(item, wanted))
            .count());
  }

  private Value append(List<Value> self, Arguments arguments) {
    budget.make(1);
    self.add(arguments.bind("item").value("item"));
    return Value.None.NONE;
  }

  private Value extend(List<Value> self, Arguments arguments) {
    self.addAll(iteration.all(arguments.bind("items").value("items")));
    return Value.None.NONE;
  }

  private Value insert(List<Value> self, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("index", "item");
    long index = bound.required("index").number();
    budget.make(1);
    budget.look(self.size());
    long place = index < 0 ? index + self.size() : index;
    self.add((int) Math.clamp(place, 0L, (long) self.size()), bound.value("item"));
    return Value.None.NONE;
  }

  private static Value pop(List<Value> self, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("index");
    long index = bound.optional("index").map(Located::number).orElse(-1L);
    long place = index < 0 ? index + self.size() : index;
    if (place < 0 || place >= self.size()) {
      throw new Rejected("there is no item " + index + "; there are " + self.size());
    }
    return self.remove((int) place);
  }

  private Value remove(List<Value> self, Arguments arguments) {
    self.remove(found(self, arguments.bind("value").value("value")));
    return Value.None.NONE;
  }

  private static Value clear(List<Value> self, Arguments arguments) {
    arguments.bind();
    self.clear();
    return Value.None.NONE;
  }

  private Value copy(List<Value> self, Arguments arguments) {
    arguments.bind();
    budget.make(self.size());
    return new Value.Sequence(self);
  }

  private static Value reverse(List<Value> self, Arguments arguments) {
    arguments.bind();
    Collections.reverse(self);
    return Value.None.NONE;
  }

  private Value sort(List<Value> self, Arguments arguments) {
    boolean reverse =
        arguments.bind("reverse").optional("reverse").map(Located::flag).orElse(false);
    sort(self, reverse);
    return Value.None.NONE;
  }

  /** Items that are equal keep their order, in reverse too. */
  void sort(List<Value> items, boolean reverse) {
    Comparator<Value> order = (a, b) -> comparisons.order(a, b, "<");
    items.sort(reverse ? order.reversed() : order);
  }
}
