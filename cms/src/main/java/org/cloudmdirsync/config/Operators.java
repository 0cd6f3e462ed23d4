package org.cloudmdirsync.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Arithmetic, concatenation and comparison, with Python's meaning. */
final class Operators {
  private final Budget budget;
  private final Items items;

  Operators(Budget budget) {
    this.budget = budget;
    this.items = new Items(budget);
  }

  Value binary(String operator, Value left, Value right) {
    return switch (operator) {
      case "==" -> Value.Bool.of(equal(left, right));
      case "!=" -> Value.Bool.of(!equal(left, right));
      case "is" -> Value.Bool.of(same(left, right));
      case "is not" -> Value.Bool.of(!same(left, right));
      case "in" -> Value.Bool.of(contains(right, left));
      case "not in" -> Value.Bool.of(!contains(right, left));
      case "<" -> Value.Bool.of(order(left, right, operator) < 0);
      case "<=" -> Value.Bool.of(order(left, right, operator) <= 0);
      case ">" -> Value.Bool.of(order(left, right, operator) > 0);
      case ">=" -> Value.Bool.of(order(left, right, operator) >= 0);
      case "+" -> sum(left, right);
      default -> arithmetic(operator, left, right);
    };
  }

  Value unary(String operator, Value operand) {
    return operator.equals("not")
        ? Value.Bool.of(!operand.isTrue())
        : arithmetic("-", new Value.Int(0), operand);
  }

  private Value sum(Value left, Value right) {
    if (left instanceof Value.Text(String a) && right instanceof Value.Text(String b)) {
      budget.make((long) a.length() + b.length());
      return new Value.Text(a + b);
    } else if (left instanceof Value.Sequence a && right instanceof Value.Sequence b) {
      return new Value.Sequence(joined(a.items(), b.items()));
    } else if (left instanceof Value.Tuple(var a) && right instanceof Value.Tuple(var b)) {
      return new Value.Tuple(joined(a, b));
    }
    return arithmetic("+", left, right);
  }

  private List<Value> joined(List<Value> left, List<Value> right) {
    budget.make((long) left.size() + right.size());
    List<Value> joined = new ArrayList<>(left);
    joined.addAll(right);
    return joined;
  }

  private static Value arithmetic(String operator, Value left, Value right) {
    if (left instanceof Value.Int(long a) && right instanceof Value.Int(long b)) {
      try {
        return new Value.Int(calculated(operator, a, b));
      } catch (ArithmeticException impossible) {
        boolean divides = operator.equals("//") || operator.equals("%");
        throw new Rejected(
            divides && b == 0
                ? "division by zero"
                : "the number becomes too large (64 bits at most)");
      }
    } else if (operator.equals("%") && left instanceof Value.Text) {
      throw new Rejected(
          "\"%\" on a string is not supported; write an f-string, such as f\"{name}\"");
    }
    throw new Rejected(
        "\"" + operator + "\" is not supported on " + left.kind() + " and " + right.kind());
  }

  private static long calculated(String operator, long a, long b) {
    return switch (operator) {
      case "+" -> Math.addExact(a, b);
      case "-" -> Math.subtractExact(a, b);
      case "*" -> Math.multiplyExact(a, b);
      case "//" -> Math.floorDivExact(a, b);
      case "%" -> Math.floorMod(a, b);
      case "&" -> a & b;
      case "|" -> a | b;
      default -> throw new IllegalStateException(operator);
    };
  }

  boolean equal(Value left, Value right) {
    budget.enter();
    boolean equal =
        switch (left) {
          case Value.Text(String text) ->
              right instanceof Value.Text(String other) && sameText(text, other);
          case Value.Tuple(var items) ->
              right instanceof Value.Tuple(var others) && allEqual(items, others);
          case Value.Sequence list ->
              right instanceof Value.Sequence other && allEqual(list.items(), other.items());
          case Value.Dict dict ->
              right instanceof Value.Dict other && dictsEqual(dict.entries(), other.entries());
          case Value.Int _, Value.Bool _ -> number(left).equals(number(right));
          case Value.None _, Value.Function _, Value.Builtin _, Value.Entity _ ->
              identical(left, right);
        };
    budget.leave();
    return equal;
  }

  /** True and False equal 1 and 0, as Python has it. */
  private static OptionalLong number(Value value) {
    if (value instanceof Value.Bool flag) {
      return OptionalLong.of(flag.value() ? 1 : 0);
    }
    return value instanceof Value.Int(long number) ? OptionalLong.of(number) : OptionalLong.empty();
  }

  private boolean sameText(String one, String other) {
    budget.look(Math.min(one.length(), other.length()));
    return one.equals(other);
  }

  private boolean allEqual(List<Value> items, List<Value> others) {
    boolean equal = items.size() == others.size();
    for (int i = 0; equal && i < items.size(); i++) {
      // What is the same is equal; that also ends at a list that holds itself.
      equal = identical(items.get(i), others.get(i)) || equal(items.get(i), others.get(i));
    }
    return equal;
  }

  private boolean dictsEqual(Map<String, Value> entries, Map<String, Value> others) {
    entries.keySet().forEach(key -> budget.look(key.length()));
    return entries.keySet().equals(others.keySet())
        && allEqual(
            List.copyOf(entries.values()), entries.keySet().stream().map(others::get).toList());
  }

  /** Python leaves open whether equal numbers or strings are the same; here they are. */
  private boolean same(Value left, Value right) {
    return identical(left, right)
        || (left instanceof Value.Int && right instanceof Value.Int && equal(left, right))
        || (left instanceof Value.Text && equal(left, right));
  }

  @SuppressWarnings("ReferenceEquality") // Identity is what "is" means.
  private static boolean identical(Value one, Value other) {
    return one == other;
  }

  private boolean contains(Value holder, Value item) {
    return switch (holder) {
      case Value.Text(String text) -> {
        if (item instanceof Value.Text(String part)) {
          budget.look((long) text.length() * Math.max(1, part.length()));
          yield text.contains(part);
        }
        throw new Rejected("only a string can be in a string, not " + item.kind());
      }
      case Value.Sequence list -> indexOf(list.items(), item) >= 0;
      case Value.Tuple(var items) -> indexOf(items, item) >= 0;
      case Value.Dict dict -> dict.entries().containsKey(items.key(item));
      case Value other -> throw new Rejected("nothing can be in " + other.kind());
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

  /** Negative, zero or positive; only numbers and strings have an order. */
  private int order(Value left, Value right, String operator) {
    if (left instanceof Value.Int(long a) && right instanceof Value.Int(long b)) {
      return Long.compare(a, b);
    } else if (left instanceof Value.Text(String a) && right instanceof Value.Text(String b)) {
      budget.look(a.length() + (long) b.length());
      return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }
    throw new Rejected(
        "\"" + operator + "\" is not supported on " + left.kind() + " and " + right.kind());
  }
}
