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

  /** {@code a += value} and its like. */
  record Augment(Expression target, String operator, Expression value, Position position)
      implements Statement {}

  /** {@code if}, {@code elif}, {@code else}. */
  record If(List<Branch> branches, List<Statement> otherwise, Position position)
      implements Statement {}

  /** {@code for}; {@code otherwise} runs when no {@code break} did. */
  record For(
      Expression target,
      Expression items,
      List<Statement> body,
      List<Statement> otherwise,
      Position position)
      implements Statement {}

  /**
   * {@code def}.
   *
   * @param locals every name the body assigns, beside the parameters
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

  /** {@code break}. */
  record Break(Position position) implements Statement {}

  /** {@code continue}. */
  record Continue(Position position) implements Statement {}

  /** A condition and what it guards. */
  record Branch(Expression condition, List<Statement> body) {}

  /** One parameter of a function. */
  record Parameter(String name, Optional<Expression> byDefault) {}
}
