package org.cloudmdirsync.config;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Arithmetic, concatenation and repetition. */
final class Operators {
  private final Budget budget;
  private final Printer printer;

  Operators(Budget budget) {
    this.budget = budget;
    this.printer = new Printer(budget);
  }

  Value unary(String operator, Value operand) {
    OptionalLong number = Located.number(operand);
    if (number.isEmpty()) {
      throw new Rejected("\"" + operator + "\" needs a number, not " + operand.kind());
    }
    long value = number.getAsLong();
    return new Value.Int(
        switch (operator) {
          case "-" -> exact(() -> Math.negateExact(value));
          case "~" -> ~value;
          case "+" -> value;
          default -> throw new IllegalStateException(operator);
        });
  }

  Value binary(String operator, Value left, Value right) {
    OptionalLong a = Located.number(left);
    OptionalLong b = Located.number(right);
    if (a.isPresent() && b.isPresent()) {
      boolean truths = left instanceof Value.Bool && right instanceof Value.Bool;
      long result = exact(() -> arithmetic(operator, a.getAsLong(), b.getAsLong()));
      return truths && "&|^".contains(operator)
          ? Value.Bool.of(result != 0)
          : new Value.Int(result);
    }
    if (operator.equals("%") && left instanceof Value.Text(String format)) {
      return new PercentFormat(format, right, printer, budget).value();
    } else if (operator.equals("*") && b.isPresent()) {
      return repeat(left, b.getAsLong(), right);
    } else if (operator.equals("*") && a.isPresent()) {
      return repeat(right, a.getAsLong(), left);
    } else if (operator.equals("+")) {
      return concatenate(left, right);
    }
    throw unsuited(operator, left, right);
  }

  private Value concatenate(Value left, Value right) {
    if (left instanceof Value.Text(String a) && right instanceof Value.Text(String b)) {
      budget.make((long) a.length() + b.length());
      return new Value.Text(a + b);
    } else if (left instanceof Value.Sequence a && right instanceof Value.Sequence b) {
      return new Value.Sequence(joined(a.items(), b.items()));
    } else if (left instanceof Value.Tuple(var a) && right instanceof Value.Tuple(var b)) {
      return new Value.Tuple(joined(a, b));
    }
    throw unsuited("+", left, right);
  }

  private List<Value> joined(List<Value> left, List<Value> right) {
    budget.make((long) left.size() + right.size());
    List<Value> joined = new ArrayList<>(left);
    joined.addAll(right);
    return joined;
  }

  private Value repeat(Value repeated, long times, Value other) {
    int count = Math.clamp(times, 0, Integer.MAX_VALUE);
    return switch (repeated) {
      case Value.Text(String text) -> {
        budget.make((long) text.length() * count);
        yield new Value.Text(text.isEmpty() ? "" : text.repeat(count));
      }
      case Value.Sequence list -> new Value.Sequence(repeated(list.items(), count));
      case Value.Tuple(List<Value> items) -> new Value.Tuple(repeated(items, count));
      case Value.None _,
          Value.Bool _,
          Value.Int _,
          Value.Dict _,
          Value.Function _,
          Value.Builtin _,
          Value.Entity _ ->
          throw unsuited("*", repeated, other);
    };
  }

  private List<Value> repeated(List<Value> items, int count) {
    budget.make((long) items.size() * count);
    List<Value> repeated = new ArrayList<>();
    for (int i = 0; i < count && !items.isEmpty(); i++) {
      repeated.addAll(items);
    }
    return repeated;
  }

  private static Rejected unsuited(String operator, Value left, Value right) {
    return new Rejected(
        "\"" + operator + "\" does not work on " + left.kind() + " and " + right.kind());
  }

  private static long arithmetic(String operator, long a, long b) {
    return switch (operator) {
      case "+" -> Math.addExact(a, b);
      case "-" -> Math.subtractExact(a, b);
      case "*" -> Math.multiplyExact(a, b);
      case "//" -> Math.floorDivExact(a, nonZero(b));
      case "%" -> Math.floorMod(a, nonZero(b));
      case "**" -> power(a, b);
      case "<<" -> shifted(a, b);
      case ">>" -> a >> Math.min(63, notNegative(b));
      case "&" -> a & b;
      case "|" -> a | b;
      case "^" -> a ^ b;
      case "/" -> throw new Rejected("\"/\" is not supported; use \"//\" for whole numbers");
      default -> throw new IllegalStateException(operator);
    };
  }

  private static long nonZero(long divisor) {
    if (divisor == 0) {
      throw new Rejected("division by zero");
    }
    return divisor;
  }

  private static long notNegative(long count) {
    if (count < 0) {
      throw new Rejected("a negative number does not work here");
    }
    return count;
  }

  private static long shifted(long value, long count) {
    notNegative(count);
    if (value == 0) {
      return 0;
    }
    return count > 62
        ? Math.multiplyExact(Long.MAX_VALUE, 2L)
        : Math.multiplyExact(value, 1L << count);
  }

  private static long power(long base, long exponent) {
    notNegative(exponent);
    if (exponent > 63 && (base == 0 || base == 1 || base == -1)) {
      return exponent % 2 == 0 ? base * base : base;
    }
    long result = 1;
    for (long i = 0; i < exponent; i++) {
      result = Math.multiplyExact(result, base); // Overflows after 63 rounds at the latest.
    }
    return result;
  }

  private static long exact(LongSupplier computation) {
    try {
      return computation.getAsLong();
    } catch (ArithmeticException overflow) {
      throw new Rejected("the number becomes too large (64 bits at most)");
    }
  }
}
