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

  /** An f-string, and strings beside each other: the text of every part. */
  record Template(List<Expression> parts, Position position) implements Unassignable {}

  /** {@code -x}, {@code not x}. */
  record Unary(String operator, Expression operand, Position position) implements Unassignable {}

  /** {@code x + y}, {@code x < y}, {@code x and y}; the position is the operator's. */
  record Binary(String operator, Expression left, Expression right, Position position)
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

  /** {@code [x, y]}. */
  record ListOf(List<Expression> items, Position position) implements Unassignable {}

  /** {@code (x, y)}, or without the parentheses. */
  record TupleOf(List<Expression> items, Position position) implements Expression {}

  /** {@code {key: value}}. */
  record DictOf(List<Entry> entries, Position position) implements Unassignable {}

  /** One argument of a call; the position is the name's where it has one. */
  record Argument(Optional<String> name, Expression value, Position position) {}

  /** One entry of a dict. */
  record Entry(Expression key, Expression value) {}
}
