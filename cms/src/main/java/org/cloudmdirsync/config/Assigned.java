package org.cloudmdirsync.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which names a function's body assigns: they are its own from its first line on. */
final class Assigned {
  private final Set<String> names = new HashSet<>();

  private Assigned() {}

  static Set<String> names(List<Statement> body) {
    Assigned assigned = new Assigned();
    assigned.block(body);
    return Set.copyOf(assigned.names);
  }

  /** The names in the target of an assignment. */
  static Set<String> names(Expression target) {
    Assigned assigned = new Assigned();
    assigned.target(target);
    return Set.copyOf(assigned.names);
  }

  private void block(List<Statement> statements) {
    statements.forEach(this::statement);
  }

  private void statement(Statement statement) {
    switch (statement) {
      case Statement.Assign assign -> assign.targets().forEach(this::target);
      case Statement.Augment augment -> target(augment.target());
      case Statement.Define define -> names.add(define.name());
      case Statement.If condition -> {
        condition.branches().forEach(branch -> block(branch.body()));
        block(condition.otherwise());
      }
      case Statement.For loop -> {
        target(loop.target());
        block(loop.body());
        block(loop.otherwise());
      }
      case Statement.Evaluate _,
          Statement.Return _,
          Statement.Pass _,
          Statement.Break _,
          Statement.Continue _ -> {}
    }
  }

  private void target(Expression target) {
    if (target instanceof Expression.Name(String name, Position _)) {
      names.add(name);
    } else if (target instanceof Expression.TupleOf(List<Expression> items, Position _)) {
      items.forEach(this::target);
    } else if (target instanceof Expression.ListOf(List<Expression> items, Position _)) {
      items.forEach(this::target);
    }
  }
}
