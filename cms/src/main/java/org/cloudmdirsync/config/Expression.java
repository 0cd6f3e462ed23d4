package org.cloudmdirsync.config;

import java.util.List;
import java.util.Optional;

/** What has a value. Every expression knows where it stands, for the errors of its evaluation. */
sealed interface Expression {

  Position position();

  /** What stands on the right of {@code =} only. */
  sealed interface Unassignable extends Expression {}

  /** A literal string or number, {@code True}, {@code False}, {@code None}. */
  record Constant(Value value, Position position) implements Unassignable {}

  /** The value a name stands for. */
  record Name(String name, Position position) implements Expression {}

  /** An f-string. */
  record Template(List<Part> parts, Position position) implements Unassignable {}

  /** {@code -x}, {@code +x}, {@code ~x}. */
  record Unary(String operator, Expression operand, Position position) implements Unassignable {}

  /** {@code not x}. */
  record Not(Expression operand, Position position) implements Unassignable {}

  /** {@code x + y} and its like; the position is the operator's. */
  record Binary(String operator, Expression left, Expression right, Position position)
      implements Unassignable {}

  /** {@code x and y}, {@code x or y}: the right side is evaluated only when it decides. */
  record Logical(boolean and, Expression left, Expression right, Position position)
      implements Unassignable {}

  /** {@code a < b < c}: every link holds, each operand evaluated once. */
  record Comparison(Expression first, List<Link> links, Position position)
      implements Unassignable {}

  /** {@code x if condition else y}. */
  record Conditional(Expression condition, Expression then, Expression otherwise, Position position)
      implements Unassignable {}

  /** {@code f(x, name=y)}. */
  record Call(Expression callee, List<Argument> arguments, Position position)
      implements Unassignable {}

  /** {@code x.name}; the position is the name's. */
  record Attribute(Expression owner, String name, Position position) implements Expression {}

  /** {@code x[i]}. */
  record Index(Expression owner, Expression index, Position position) implements Expression {}

  /** {@code x[from:to:step]}. */
  record Slice(
      Expression owner,
      Optional<Expression> from,
      Optional<Expression> to,
      Optional<Expression> step,
      Position position)
      implements Unassignable {}

  /** {@code [x, y]}. */
  record ListOf(List<Expression> items, Position position) implements Expression {}

  /** {@code (x, y)}, or without the parentheses. */
  record TupleOf(List<Expression> items, Position position) implements Expression {}

  /** {@code {key: value}}. */
  record DictOf(List<Entry> entries, Position position) implements Unassignable {}

  /** {@code [element for x in y if z]}. */
  record ListComprehension(Expression element, List<Clause> clauses, Position position)
      implements Unassignable {}

  /** {@code {key: value for x in y if z}}. */
  record DictComprehension(Entry element, List<Clause> clauses, Position position)
      implements Unassignable {}

  /** One comparison of a chain. */
  record Link(String operator, Expression operand, Position position) {}

  /** One argument of a call; the position is the name's where it has one. */
  record Argument(Optional<String> name, Expression value, Position position) {}

  /** One entry of a dict. */
  record Entry(Expression key, Expression value) {}

  /** A part of an f-string. */
  sealed interface Part {

    /** Text that stands for itself. */
    record Plain(String text) implements Part {}

    /** A value to be printed. */
    record Field(Expression value, String conversion, String format, Position position)
        implements Part {}
  }

  /** A clause of a comprehension. */
  sealed interface Clause {

    /** {@code for target in items}. */
    record Each(Expression target, Expression items) implements Clause {}

    /** {@code if condition}. */
    record Only(Expression condition) implements Clause {}
  }
}
