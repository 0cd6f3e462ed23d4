package org.cloudmdirsync.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is done. */
sealed interface Statement {

  Position position();

  /** An expression, for what it does. */
  record Evaluate(Expression expression, Position position) implements Statement {}

  /** {@code a = b = value}. */
  record Assign(List<Expression> targets, Expression value, Position position)
      implements Statement {}

  /** {@code name += value}; the position is the operator's. */
  record Add(String name, Expression value, Position position) implements Statement {}

  /** {@code if}, {@code elif}, {@code else}. */
  record If(List<Branch> branches, List<Statement> otherwise, Position position)
      implements Statement {}

  /** {@code for}. */
  record For(Expression target, Expression items, List<Statement> body, Position position)
      implements Statement {}

  /**
   * {@code def}.
   *
   * @param locals its parameters, and every name the body assigns
   */
  record Define(
      String name,
      List<Parameter> parameters,
      List<Statement> body,
      Set<String> locals,
      Position position)
      implements Statement {}

  /** {@code return}. */
  record Return(Optional<Expression> value, Position position) implements Statement {}

  /** {@code pass}. */
  record Pass(Position position) implements Statement {}

  /** A condition and what it guards. */
  record Branch(Expression condition, List<Statement> body) {}

  /** One parameter of a function. */
  record Parameter(String name, Optional<Expression> byDefault) {}
}
