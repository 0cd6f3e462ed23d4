package org.cloudmdirsync.config;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudmdirsync.config.Statement.Branch;
import org.cloudmdirsync.config.Statement.Parameter;

/** Runs statements. Whatever a configuration does wrong is {@link Rejected}, with its place. */
final class Interpreter {
  private final Budget budget;
  private final Evaluator evaluator;

  /** How a statement ended. */
  private sealed interface Outcome {
    enum Plain implements Outcome {
      NEXT,
      BREAK,
      CONTINUE
    }

    record Returned(Value value) implements Outcome {}
  }

  Interpreter(Budget budget) {
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
    List<String> names = function.definition().parameters().stream().map(Parameter::name).toList();
    Arguments.Bound bound = arguments.bind(names);
    Scope scope = function.scope().function(locals(function, names));
    for (String name : names) {
      Located given = bound.values().get(name);
      Value byDefault = function.defaults().get(name);
      scope.set(name, given == null && byDefault != null ? byDefault : bound.value(name));
    }
    return block(function.definition().body(), scope) instanceof Outcome.Returned(Value value)
        ? value
        : Value.None.NONE;
  }

  private static Set<String> locals(Value.Function function, List<String> names) {
    Set<String> locals = new HashSet<>(function.definition().locals());
    locals.addAll(names);
    return locals;
  }

  private Outcome block(List<Statement> statements, Scope scope) {
    for (Statement statement : statements) {
      Outcome outcome = statement(statement, scope);
      if (outcome != Outcome.Plain.NEXT) {
        return outcome;
      }
    }
    return Outcome.Plain.NEXT;
  }

  private Outcome statement(Statement statement, Scope scope) {
    try {
      budget.enter();
      Outcome outcome = run(statement, scope);
      budget.leave();
      return outcome;
    } catch (Rejected rejected) {
      throw rejected.at(statement.position());
    }
  }

  private Outcome run(Statement statement, Scope scope) {
    return switch (statement) {
      case Statement.Evaluate(Expression expression, Position _) -> {
        evaluator.value(expression, scope);
        yield Outcome.Plain.NEXT;
      }
      case Statement.Assign assign -> {
        Value value = evaluator.value(assign.value(), scope);
        assign.targets().forEach(target -> evaluator.assign(target, value, scope, assign.value()));
        yield Outcome.Plain.NEXT;
      }
      case Statement.Augment augment -> {
        evaluator.augment(augment, scope);
        yield Outcome.Plain.NEXT;
      }
      case Statement.If condition -> condition(condition, scope);
      case Statement.For loop -> loop(loop, scope);
      case Statement.Define define -> {
        scope.set(define.name(), new Value.Function(define, defaults(define, scope), scope));
        yield Outcome.Plain.NEXT;
      }
      case Statement.Return(var value, Position _) ->
          new Outcome.Returned(
              value.isPresent() ? evaluator.value(value.get(), scope) : Value.None.NONE);
      case Statement.Pass _ -> Outcome.Plain.NEXT;
      case Statement.Break _ -> Outcome.Plain.BREAK;
      case Statement.Continue _ -> Outcome.Plain.CONTINUE;
    };
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

  private Outcome condition(Statement.If condition, Scope scope) {
    for (Branch branch : condition.branches()) {
      if (evaluator.value(branch.condition(), scope).isTrue()) {
        return block(branch.body(), scope);
      }
    }
    return block(condition.otherwise(), scope);
  }

  private Outcome loop(Statement.For loop, Scope scope) {
    Value items = evaluator.value(loop.items(), scope);
    int size = items instanceof Value.Dict dict ? dict.entries().size() : 0;
    for (Iterator<Value> each = evaluator.each(items, loop.items()); each.hasNext(); ) {
      evaluator.assign(loop.target(), each.next(), scope, loop.items());
      budget.step();
      Outcome outcome = block(loop.body(), scope);
      if (outcome == Outcome.Plain.BREAK) {
        return Outcome.Plain.NEXT;
      } else if (outcome instanceof Outcome.Returned) {
        return outcome;
      } else if (items instanceof Value.Dict dict && dict.entries().size() != size) {
        throw new Rejected("the dict changed its size while its items were gone through");
      }
    }
    return block(loop.otherwise(), scope);
  }
}
