package org.cloudmdirsync.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudmdirsync.config.Statement.Branch;
import org.cloudmdirsync.config.Statement.Parameter;

/** Runs statements. Whatever a configuration does wrong is {@link Rejected}, with its place. */
final class Interpreter {
  private final Budget budget;
  private final Evaluator evaluator;

  private Interpreter(Budget budget) {
    this.budget = budget;
    this.evaluator = new Evaluator(budget, this);
  }

  /**
   * Runs a file.
   *
   * @param globals what it finds there
   * @return the names it assigned
   */
  static Map<String, Value> run(Source source, Map<String, Value> globals, Budget budget) {
    Scope scope = Scope.of(globals).file();
    new Interpreter(budget).block(Parser.statements(source), scope);
    return scope.values();
  }

  /** Calls a function of the configuration. */
  Value call(Value.Function function, Arguments arguments) {
    Statement.Define definition = function.definition();
    List<String> names = definition.parameters().stream().map(Parameter::name).toList();
    Arguments.Bound bound = arguments.bind(names);
    Scope scope = function.scope().function(definition.locals());
    for (String name : names) {
      boolean omitted = !bound.values().containsKey(name);
      Value byDefault = function.defaults().get(name);
      scope.set(name, omitted && byDefault != null ? byDefault : bound.value(name));
    }
    return block(definition.body(), scope).orElse(Value.None.NONE);
  }

  /** The value that a {@code return} among them returns. */
  private Optional<Value> block(List<Statement> statements, Scope scope) {
    Optional<Value> returned = Optional.empty();
    for (int i = 0; returned.isEmpty() && i < statements.size(); i++) {
      returned = statement(statements.get(i), scope);
    }
    return returned;
  }

  private Optional<Value> statement(Statement statement, Scope scope) {
    try {
      budget.enter();
      Optional<Value> returned = run(statement, scope);
      budget.leave();
      return returned;
    } catch (Rejected rejected) {
      throw rejected.at(statement.position());
    }
  }

  private Optional<Value> run(Statement statement, Scope scope) {
    switch (statement) {
      case Statement.Evaluate(Expression expression, Position _) ->
          evaluator.value(expression, scope);
      case Statement.Assign(List<Expression> targets, Expression from, Position _) -> {
        Value value = evaluator.value(from, scope);
        targets.forEach(target -> evaluator.assign(target, value, scope, from));
      }
      case Statement.Add addition -> evaluator.add(addition, scope);
      case Statement.Define define ->
          scope.set(define.name(), new Value.Function(define, defaults(define, scope), scope));
      case Statement.If condition -> {
        return condition(condition, scope);
      }
      case Statement.For loop -> {
        return loop(loop, scope);
      }
      case Statement.Return(Optional<Expression> value, Position _) -> {
        return Optional.of(value.map(v -> evaluator.value(v, scope)).orElse(Value.None.NONE));
      }
      case Statement.Pass _ -> {}
    }
    return Optional.empty();
  }

  private Map<String, Value> defaults(Statement.Define define, Scope scope) {
    Map<String, Value> defaults = new LinkedHashMap<>();
    for (Parameter parameter : define.parameters()) {
      parameter
          .byDefault()
          .ifPresent(
              expression -> defaults.put(parameter.name(), evaluator.value(expression, scope)));
    }
    return defaults;
  }

  private Optional<Value> condition(Statement.If condition, Scope scope) {
    for (Branch branch : condition.branches()) {
      if (evaluator.value(branch.condition(), scope).isTrue()) {
        return block(branch.body(), scope);
      }
    }
    return block(condition.otherwise(), scope);
  }

  private Optional<Value> loop(Statement.For loop, Scope scope) {
    Value holder = evaluator.value(loop.items(), scope);
    List<Value> items = evaluator.items(holder, loop.items());
    // By number, since a list may change meanwhile; Python follows it in the same way.
    Optional<Value> returned = Optional.empty();
    for (int i = 0; returned.isEmpty() && i < items.size(); i++) {
      evaluator.assign(loop.target(), items.get(i), scope, loop.items());
      returned = block(loop.body(), scope);
      if (holder instanceof Value.Dict dict && dict.entries().size() != items.size()) {
        throw new Rejected("the dict changed its size while its items were gone through");
      }
    }
    return returned;
  }
}
