package org.cloudmdirsync.config;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The items of whatever has items. */
final class Iteration {
  private final Budget budget;

  Iteration(Budget budget) {
    this.budget = budget;
  }

  /** One after the other; a list that changes meanwhile is followed, as Python does. */
  Iterator<Value> each(Value items) {
    return items instanceof Value.Sequence list ? following(list.items()) : all(items).iterator();
  }

  private static Iterator<Value> following(List<Value> items) {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < items.size();
      }

      @Override
      public Value next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return items.get(next++);
      }
    };
  }

  /** All of them, as they are now. */
  List<Value> all(Value items) {
    return switch (items) {
      case Value.Sequence list -> made(list.items());
      case Value.Tuple(List<Value> tuple) -> made(tuple);
      case Value.Dict dict ->
          made(dict.entries().values().stream().map(Value.Dict.Entry::key).toList());
      case Value.Text(String text) -> characters(text);
      case Value.None _,
          Value.Bool _,
          Value.Int _,
          Value.Function _,
          Value.Builtin _,
          Value.Entity _ ->
          throw new Rejected(items.kind() + " has no items");
    };
  }

  private List<Value> made(List<Value> items) {
    budget.make(items.size());
    return new ArrayList<>(items);
  }

  private List<Value> characters(String text) {
    budget.make(2L * text.length());
    List<Value> characters = new ArrayList<>();
    text.codePoints().forEach(c -> characters.add(new Value.Text(Character.toString(c))));
    return characters;
  }
}
