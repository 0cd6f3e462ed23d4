package org.cloudmdirsync.config;

import java.util.ArrayList;
import java.util.List;
import org.cloudmdirsync.config.Expression.Argument;
import org.cloudmdirsync.config.Expression.Entry;

/** Values of expressions, and assignment to them. */
final class Evaluator {
  private final Budget budget;
  private final Interpreter interpreter;
  private final Operators operators;
  private final Items items;
  private final Methods methods;

  Evaluator(Budget budget, Interpreter interpreter) {
    this.budget = budget;
    this.interpreter = interpreter;
    this.operators = new Operators(budget);
    this.items = new Items(budget);
    this.methods = new Methods(budget);
  }

  Value value(Expression expression, Scope scope) {
    try {
      budget.enter();
      Value value = evaluated(expression, scope);
      budget.leave();
      return value;
    } catch (Rejected rejected) {
      throw rejected.at(expression.position());
    }
  }

  private Value evaluated(Expression expression, Scope scope) {
    return switch (expression) {
      case Expression.Constant(Value value, Position _) -> value;
      case Expression.Name(String name, Position _) -> scope.get(name);
      case Expression.Template(List<Expression> parts, Position _) -> template(parts, scope);
      case Expression.Unary(String operator, Expression operand, Position _) ->
          operators.unary(operator, value(operand, scope));
      case Expression.Binary(String operator, Expression left, Expression right, Position _) ->
          binary(operator, value(left, scope), right, scope);
      case Expression.Conditional(Expression condition, Expression then, Expression otherwise, _) ->
          value(value(condition, scope).isTrue() ? then : otherwise, scope);
      case Expression.Call call -> call(call, scope);
      case Expression.Attribute(Expression owner, String name, Position _) ->
          attribute(value(owner, scope), name);
      case Expression.Index index -> {
        Value owner = value(index.owner(), scope);
        yield items.get(owner, value(index.index(), scope));
      }
      case Expression.ListOf(List<Expression> list, Position _) ->
          new Value.Sequence(values(list, scope));
      case Expression.TupleOf(List<Expression> tuple, Position _) ->
          new Value.Tuple(values(tuple, scope));
      case Expression.DictOf(List<Entry> entries, Position _) -> {
        Value.Dict dict = new Value.Dict();
        entries.forEach(entry -> put(dict, entry, scope));
        yield dict;
      }
    };
  }

  /** What {@code and} and {@code or} need not know is not evaluated. */
  private Value binary(String operator, Value left, Expression right, Scope scope) {
    return switch (operator) {
      case "and" -> left.isTrue() ? value(right, scope) : left;
      case "or" -> left.isTrue() ? left : value(right, scope);
      default -> operators.binary(operator, left, value(right, scope));
    };
  }

  private Value template(List<Expression> parts, Scope scope) {
    StringBuilder out = new StringBuilder();
    for (Expression part : parts) {
      Value value = value(part, scope);
      at(
          part.position(),
          () -> {
            String text = Items.text(value);
            budget.make(text.length());
            out.append(text);
          });
    }
    return new Value.Text(out.toString());
  }

  private Value call(Expression.Call call, Scope scope) {
    Value callee = value(call.callee(), scope);
    List<Arguments.Given> given = new ArrayList<>();
    for (Argument argument : call.arguments()) {
      Value value = value(argument.value(), scope);
      given.add(
          new Arguments.Given(
              argument.name(), value, argument.position(), argument.value().position()));
    }
    return switch (callee) {
      case Value.Function function ->
          interpreter.call(
              function, new Arguments(function.definition().name(), given, call.position()));
      case Value.Builtin(String name, Value.Builtin.Body body) ->
          body.call(new Arguments(name, given, call.position()));
      case Value other -> throw new Rejected(other.kind() + " cannot be called");
    };
  }

  private Value attribute(Value owner, String name) {
    return owner instanceof Value.Entity entity ? entity.get(name) : methods.of(owner, name);
  }

  private List<Value> values(List<Expression> expressions, Scope scope) {
    budget.make(expressions.size());
    List<Value> values = new ArrayList<>();
    expressions.forEach(expression -> values.add(value(expression, scope)));
    return values;
  }

  private void put(Value.Dict dict, Entry entry, Scope scope) {
    Value key = value(entry.key(), scope);
    Value value = value(entry.value(), scope);
    at(entry.key().position(), () -> items.set(dict, key, value));
  }

  /** The items of an expression's value. */
  List<Value> items(Value value, Expression from) {
    try {
      return items.of(value);
    } catch (Rejected rejected) {
      throw rejected.at(from.position());
    }
  }

  /**
   * Assigns a value.
   *
   * @param from where the value stands, for errors
   */
  void assign(Expression target, Value value, Scope scope, Expression from) {
    budget.step();
    switch (target) {
      case Expression.Name(String name, Position _) -> scope.set(name, value);
      case Expression.Attribute(Expression owner, String name, Position position) -> {
        Value holder = value(owner, scope);
        at(position, () -> setAttribute(holder, name, value, from.position()));
      }
      case Expression.Index(Expression owner, Expression index, Position position) -> {
        Value holder = value(owner, scope);
        Value place = value(index, scope);
        at(position, () -> items.set(holder, place, value));
      }
      case Expression.TupleOf(List<Expression> targets, Position _) ->
          unpack(targets, value, scope, from);
      case Expression.Unassignable _ ->
          throw new IllegalStateException("the parser lets no such target pass");
    }
  }

  private void unpack(List<Expression> targets, Value value, Scope scope, Expression from) {
    List<Value> values = List.copyOf(items(value, from));
    if (values.size() != targets.size()) {
      throw new Rejected(
          from.position(), targets.size() + " values are wanted here, not " + values.size());
    }
    for (int i = 0; i < targets.size(); i++) {
      assign(targets.get(i), values.get(i), scope, from);
    }
  }

  private static void setAttribute(Value owner, String name, Value value, Position from) {
    if (!(owner instanceof Value.Entity entity)) {
      throw new Rejected(owner.kind() + " has no attributes to set");
    }
    entity.set(name, value, from);
  }

  /** Python's {@code name += value}: a list grows itself, everything else is made anew. */
  void add(Statement.Add addition, Scope scope) {
    Value old = scope.get(addition.name());
    Value operand = value(addition.value(), scope);
    if (old instanceof Value.Sequence list) {
      List<Value> added = List.copyOf(items(operand, addition.value()));
      budget.make(added.size());
      list.items().addAll(added);
    } else {
      scope.set(addition.name(), operators.binary("+", old, operand));
    }
  }

  private static void at(Position position, Runnable action) {
    try {
      action.run();
    } catch (Rejected rejected) {
      throw rejected.at(position);
    }
  }
}
