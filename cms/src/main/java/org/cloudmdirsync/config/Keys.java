package org.cloudmdirsync.config;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What finds an entry of a dict: equal values give equal keys. */
final class Keys {
  private Keys() {}

  /** A key for a string, number, truth value, None, or a tuple of them. */
  static Object of(Value value, Budget budget) {
    OptionalLong number = Located.number(value);
    if (number.isPresent()) {
      return number.getAsLong();
    }
    return switch (value) {
      case Value.Text(String text) -> {
        budget.look(text.length());
        yield text;
      }
      case Value.Tuple(List<Value> items) -> tuple(items, budget);
      case Value.None none -> none;
      case Value.Entity entity -> entity;
      case Value.Sequence _,
          Value.Dict _,
          Value.Function _,
          Value.Builtin _,
          Value.Int _,
          Value.Bool _ ->
          throw new Rejected(value.kind() + " cannot be the key of a dict");
    };
  }

  private static List<Object> tuple(List<Value> items, Budget budget) {
    budget.enter();
    budget.make(items.size());
    List<Object> keys = new ArrayList<>();
    for (Value item : items) {
      keys.add(of(item, budget));
    }
    budget.leave();
    return keys;
  }
}
