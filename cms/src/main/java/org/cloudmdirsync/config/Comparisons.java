package org.cloudmdirsync.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** {@code ==}, {@code <}, {@code in}, {@code is}, with Python's meaning. */
final class Comparisons {
  private final Budget budget;

  Comparisons(Budget budget) {
    this.budget = budget;
  }

  boolean holds(String operator, Value left, Value right) {
    return switch (operator) {
      case "==" -> equal(left, right);
      case "!=" -> !equal(left, right);
      case "is" -> same(left, right);
      case "is not" -> !same(left, right);
      case "in" -> contains(right, left);
      case "not in" -> !contains(right, left);
      case "<" -> order(left, right, operator) < 0;
      case "<=" -> order(left, right, operator) <= 0;
      case ">" -> order(left, right, operator) > 0;
      case ">=" -> order(left, right, operator) >= 0;
      default -> throw new IllegalStateException(operator);
    };
  }

  boolean equal(Value left, Value right) {
    budget.enter();
    try {
      OptionalLong number = Located.number(left);
      if (number.isPresent()) {
        return number.equals(Located.number(right));
      }
      return switch (left) {
        case Value.Text(String text) ->
            right instanceof Value.Text(String other) && same(text, other);
        case Value.Tuple(var items) ->
            right instanceof Value.Tuple(var others) && allEqual(items, others);
        case Value.Sequence list ->
            right instanceof Value.Sequence other && allEqual(list.items(), other.items());
        case Value.Dict dict -> right instanceof Value.Dict other && dictsEqual(dict, other);
        case Value.None _,
            Value.Bool _,
            Value.Int _,
            Value.Function _,
            Value.Builtin _,
            Value.Entity _ ->
            identical(left, right);
      };
    } finally {
      budget.leave();
    }
  }

  private boolean same(String one, String other) {
    budget.look(Math.min(one.length(), other.length()));
    return one.equals(other);
  }

  private boolean allEqual(List<Value> items, List<Value> others) {
    if (items.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < items.size(); i++) {
      if (!identical(items.get(i), others.get(i)) && !equal(items.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean dictsEqual(Value.Dict dict, Value.Dict other) {
    if (dict.entries().size() != other.entries().size()) {
      return false;
    }
    for (Map.Entry<Object, Value.Dict.Entry> entry : dict.entries().entrySet()) {
      Value.Dict.Entry there = other.entries().get(entry.getKey());
      if (there == null || !equal(entry.getValue().value(), there.value())) {
        return false;
      }
    }
    return true;
  }

  /** Python leaves open whether equal numbers or strings are the same; here they are. */
  private static boolean same(Value left, Value right) {
    return identical(left, right)
        || ((left instanceof Value.Int || left instanceof Value.Text) && left.equals(right));
  }

  /** The very same thing, whatever its kind makes of {@code equals}. */
  @SuppressWarnings("ReferenceEquality") // Identity is what "is" means.
  static boolean identical(Object one, Object other) {
    return one == other;
  }

  private boolean contains(Value container, Value item) {
    return switch (container) {
      case Value.Text(String text) -> {
        if (item instanceof Value.Text(String part)) {
          budget.look((long) text.length() * Math.max(1, part.length()));
          yield text.contains(part);
        }
        throw new Rejected("only a string can be in a string, not " + item.kind());
      }
      case Value.Tuple(List<Value> items) -> indexOf(items, item) >= 0;
      case Value.Sequence list -> indexOf(list.items(), item) >= 0;
      case Value.Dict dict -> dict.entries().containsKey(Keys.of(item, budget));
      case Value.None _,
          Value.Bool _,
          Value.Int _,
          Value.Function _,
          Value.Builtin _,
          Value.Entity _ ->
          throw new Rejected("nothing can be in " + container.kind());
    };
  }

  /** The first item that equals, or -1. */
  int indexOf(List<Value> items, Value wanted) {
    for (int i = 0; i < items.size(); i++) {
      if (identical(items.get(i), wanted) || equal(items.get(i), wanted)) {
        return i;
      }
    }
    return -1;
  }

  /** Negative, zero or positive; values of different kinds have no order. */
  int order(Value left, Value right, String operator) {
    budget.enter();
    try {
      OptionalLong number = Located.number(left);
      OptionalLong other = Located.number(right);
      if (number.isPresent() && other.isPresent()) {
        return Long.compare(number.getAsLong(), other.getAsLong());
      } else if (left instanceof Value.Text(String a) && right instanceof Value.Text(String b)) {
        budget.look(a.length() + (long) b.length());
        return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
      } else if (left instanceof Value.Tuple(var a) && right instanceof Value.Tuple(var b)) {
        return order(a, b, operator);
      } else if (left instanceof Value.Sequence a && right instanceof Value.Sequence b) {
        return order(a.items(), b.items(), operator);
      }
      throw new Rejected(
          "\"" + operator + "\" cannot compare " + left.kind() + " with " + right.kind());
    } finally {
      budget.leave();
    }
  }

  private int order(List<Value> left, List<Value> right, String operator) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      if (!identical(left.get(i), right.get(i)) && !equal(left.get(i), right.get(i))) {
        return order(left.get(i), right.get(i), operator);
      }
    }
    return Integer.compare(left.size(), right.size());
  }
}
