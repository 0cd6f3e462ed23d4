package org.cloudmdirsync.config;

import java.util.ArrayList;
import java.util.List;

/** {@code x[i]}, {@code x[a:b:c]}, {@code x[i] = y}. */
final class Subscripts {
  private final Budget budget;
  private final Iteration iteration;

  Subscripts(Budget budget) {
    this.budget = budget;
    this.iteration = new Iteration(budget);
  }

  Value get(Value owner, Value index) {
    return switch (owner) {
      case Value.Sequence list -> list.items().get(place(index, list.items().size()));
      case Value.Tuple(List<Value> items) -> items.get(place(index, items.size()));
      case Value.Text(String text) -> character(text, index);
      case Value.Dict dict -> {
        Value.Dict.Entry entry = dict.entries().get(Keys.of(index, budget));
        if (entry == null) {
          throw new Rejected("there is no " + new Printer(budget).written(index) + " in the dict");
        }
        yield entry.value();
      }
      case Value.None _,
          Value.Bool _,
          Value.Int _,
          Value.Function _,
          Value.Builtin _,
          Value.Entity _ ->
          throw new Rejected(owner.kind() + " has no items");
    };
  }

  private Value character(String text, Value index) {
    budget.look(text.length());
    int place = place(index, text.codePointCount(0, text.length()));
    return new Value.Text(Character.toString(text.codePointAt(text.offsetByCodePoints(0, place))));
  }

  void set(Value owner, Value index, Value value) {
    switch (owner) {
      case Value.Sequence list -> list.items().set(place(index, list.items().size()), value);
      case Value.Dict dict -> put(dict, index, value);
      case Value.None _,
          Value.Bool _,
          Value.Int _,
          Value.Text _,
          Value.Tuple _,
          Value.Function _,
          Value.Builtin _,
          Value.Entity _ ->
          throw new Rejected("the items of " + owner.kind() + " cannot be changed");
    }
  }

  /** A key that is there already stays as it was written. */
  void put(Value.Dict dict, Value key, Value value) {
    budget.make(2);
    dict.entries()
        .merge(
            Keys.of(key, budget),
            new Value.Dict.Entry(key, value),
            (old, fresh) -> new Value.Dict.Entry(old.key(), fresh.value()));
  }

  private static int place(Value index, int size) {
    long wanted =
        Located.number(index)
            .orElseThrow(() -> new Rejected("an index must be a number, not " + index.kind()));
    long place = wanted < 0 ? wanted + size : wanted;
    if (place < 0 || place >= size) {
      throw new Rejected("there is no item " + wanted + "; there are " + size);
    }
    return (int) place;
  }

  Value slice(Value owner, Value from, Value to, Value step) {
    return switch (owner) {
      case Value.Sequence list -> new Value.Sequence(slice(list.items(), from, to, step));
      case Value.Tuple(List<Value> items) -> new Value.Tuple(slice(items, from, to, step));
      case Value.Text _ -> {
        StringBuilder out = new StringBuilder();
        for (Value c : slice(iteration.all(owner), from, to, step)) {
          out.append(c instanceof Value.Text(String character) ? character : "");
        }
        yield new Value.Text(out.toString());
      }
      case Value.None _,
          Value.Bool _,
          Value.Int _,
          Value.Dict _,
          Value.Function _,
          Value.Builtin _,
          Value.Entity _ ->
          throw new Rejected(owner.kind() + " cannot be sliced");
    };
  }

  private List<Value> slice(List<Value> items, Value from, Value to, Value step) {
    long stride = bound(step, 1);
    if (stride == 0) {
      throw new Rejected("the step of a slice must not be zero");
    }
    int size = items.size();
    boolean forward = stride > 0;
    long start = clamp(bound(from, forward ? 0 : size - 1), from, size, forward);
    long stop = clamp(bound(to, forward ? size : -1), to, size, forward);
    // Beyond the list's size a step is as good as the size itself, and cannot overflow.
    stride = Math.clamp(stride, -size - 1L, size + 1L);
    budget.make(size);
    List<Value> sliced = new ArrayList<>();
    for (long i = start; forward ? i < stop : i > stop; i += stride) {
      sliced.add(items.get((int) i));
    }
    return sliced;
  }

  private static long bound(Value value, long otherwise) {
    if (value == Value.None.NONE) {
      return otherwise;
    }
    return Located.number(value)
        .orElseThrow(() -> new Rejected("a slice needs numbers, not " + value.kind()));
  }

  /** A given bound counts from the end when negative; what lies outside is cut off. */
  private static long clamp(long bound, Value given, int size, boolean forward) {
    long place = given != Value.None.NONE && bound < 0 ? bound + size : bound;
    return forward ? Math.clamp(place, 0L, (long) size) : Math.clamp(place, -1L, size - 1L);
  }
}
