package org.cloudmdirsync.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is in lists, tuples and dicts. */
final class Items {
  private final Budget budget;

  Items(Budget budget) {
    this.budget = budget;
  }

  /** In order: the very items of a list, so that who goes through it sees it change. */
  List<Value> of(Value holder) {
    return switch (holder) {
      case Value.Sequence list -> list.items();
      case Value.Tuple(List<Value> items) -> items;
      case Value.Dict dict -> texts(dict.entries().keySet());
      case Value other -> throw itemless(other);
    };
  }

  private static Rejected itemless(Value value) {
    return new Rejected(
        value instanceof Value.Text
            ? "the characters of a string are not supported as items; see split()"
            : value.kind() + " has no items");
  }

  /** Strings as values. */
  List<Value> texts(Iterable<String> strings) {
    List<Value> texts = new ArrayList<>();
    for (String string : strings) {
      budget.make(1);
      texts.add(new Value.Text(string));
    }
    return texts;
  }

  Value get(Value holder, Value index) {
    return switch (holder) {
      case Value.Sequence list -> list.items().get(place(index, list.items().size()));
      case Value.Tuple(List<Value> items) -> items.get(place(index, items.size()));
      case Value.Dict dict ->
          Optional.ofNullable(dict.entries().get(key(index)))
              .orElseThrow(() -> new Rejected("there is no \"" + text(index) + "\" in the dict"));
      case Value other -> throw itemless(other);
    };
  }

  void set(Value holder, Value index, Value value) {
    budget.make(1);
    switch (holder) {
      case Value.Sequence list -> list.items().set(place(index, list.items().size()), value);
      case Value.Dict dict -> dict.entries().put(key(index), value);
      case Value other -> throw new Rejected("the items of " + other.kind() + " cannot be changed");
    }
  }

  /** The key of a dict. */
  String key(Value value) {
    if (value instanceof Value.Text(String text)) {
      budget.look(text.length());
      return text;
    }
    throw new Rejected("only strings are supported as keys of a dict, not " + value.kind());
  }

  /** The place that an index means; a negative one counts from the end. */
  static int place(Value index, int size) {
    if (!(index instanceof Value.Int(long wanted))) {
      throw new Rejected("an index must be a number, not " + index.kind());
    }
    long place = wanted < 0 ? wanted + size : wanted;
    if (place < 0 || place >= size) {
      throw new Rejected("there is no item " + wanted + "; there are " + size);
    }
    return (int) place;
  }

  /** As {@code str} and an f-string have it; what has items or attributes has no text here. */
  static String text(Value value) {
    return switch (value) {
      case Value.None _ -> "None";
      case Value.Bool flag -> flag.value() ? "True" : "False";
      case Value.Int(long number) -> Long.toString(number);
      case Value.Text(String text) -> text;
      case Value other ->
          throw new Rejected("making a string of " + other.kind() + " is not supported");
    };
  }
}
