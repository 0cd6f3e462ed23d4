package org.cloudmdirsync.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cloudmdirsync.config.Expression.Argument;
import org.cloudmdirsync.config.Expression.Clause;
import org.cloudmdirsync.config.Expression.Entry;
import org.cloudmdirsync.config.Expression.Link;
import org.cloudmdirsync.config.Expression.Part;

/** Values of expressions, and assignment to them. */
final class Evaluator {
  private final Budget budget;
  private final Interpreter interpreter;
  private final Operators operators;
  private final Comparisons comparisons;
  private final Subscripts subscripts;
  private final Iteration iteration;
  private final Methods methods;
  private final FieldFormat fields;

  Evaluator(Budget budget, Interpreter interpreter) {
    this.budget = budget;
    this.interpreter = interpreter;
    this.operators = new Operators(budget);
    this.comparisons = new Comparisons(budget);
    this.subscripts = new Subscripts(budget);
    this.iteration = new Iteration(budget);
    this.methods = new Methods(budget);
    this.fields = new FieldFormat(new Printer(budget), budget);
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
      case Expression.Template template -> template(template, scope);
      case Expression.Unary unary ->
          operators.unary(unary.operator(), value(unary.operand(), scope));
      case Expression.Not not -> Value.Bool.of(!value(not.operand(), scope).isTrue());
      case Expression.Binary binary -> {
        Value left = value(binary.left(), scope);
        yield operators.binary(binary.operator(), left, value(binary.right(), scope));
      }
      case Expression.Logical logical -> {
        Value left = value(logical.left(), scope);
        yield left.isTrue() == logical.and() ? value(logical.right(), scope) : left;
      }
      case Expression.Comparison comparison -> comparison(comparison, scope);
      case Expression.Conditional conditional ->
          value(
              value(conditional.condition(), scope).isTrue()
                  ? conditional.then()
                  : conditional.otherwise(),
              scope);
      case Expression.Call call -> call(call, scope);
      case Expression.Attribute attribute ->
          attribute(value(attribute.owner(), scope), attribute.name());
      case Expression.Index index -> {
        Value owner = value(index.owner(), scope);
        yield subscripts.get(owner, value(index.index(), scope));
      }
      case Expression.Slice slice -> {
        Value owner = value(slice.owner(), scope);
        Value from = bound(slice.from(), scope);
        Value to = bound(slice.to(), scope);
        yield subscripts.slice(owner, from, to, bound(slice.step(), scope));
      }
      case Expression.ListOf list -> new Value.Sequence(values(list.items(), scope));
      case Expression.TupleOf tuple -> new Value.Tuple(values(tuple.items(), scope));
      case Expression.DictOf(List<Entry> entries, Position _) -> {
        Value.Dict dict = new Value.Dict();
        entries.forEach(entry -> put(dict, entry, scope));
        yield dict;
      }
      case Expression.ListComprehension comprehension -> {
        List<Value> made = new ArrayList<>();
        Scope inner = scope.function(names(comprehension.clauses()));
        comprehend(
            comprehension.clauses(),
            scope,
            inner,
            () -> {
              budget.make(1);
              made.add(value(comprehension.element(), inner));
            });
        yield new Value.Sequence(made);
      }
      case Expression.DictComprehension comprehension -> {
        Value.Dict dict = new Value.Dict();
        Scope inner = scope.function(names(comprehension.clauses()));
        comprehend(
            comprehension.clauses(), scope, inner, () -> put(dict, comprehension.element(), inner));
        yield dict;
      }
    };
  }

  private Value template(Expression.Template template, Scope scope) {
    StringBuilder out = new StringBuilder();
    for (Part part : template.parts()) {
      String text =
          switch (part) {
            case Part.Plain(String plain) -> plain;
            case Part.Field(Expression value, String conversion, String format, Position _) ->
                fields.apply(value(value, scope), conversion, format);
          };
      budget.make(text.length());
      out.append(text);
    }
    return new Value.Text(out.toString());
  }

  private Value comparison(Expression.Comparison comparison, Scope scope) {
    Value left = value(comparison.first(), scope);
    for (Link link : comparison.links()) {
      Value right = value(link.operand(), scope);
      if (!holds(link, left, right)) {
        return Value.Bool.FALSE;
      }
      left = right;
    }
    return Value.Bool.TRUE;
  }

  private boolean holds(Link link, Value left, Value right) {
    try {
      return comparisons.holds(link.operator(), left, right);
    } catch (Rejected rejected) {
      throw rejected.at(link.position());
    }
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
      case Value.Builtin builtin ->
          builtin.body().call(new Arguments(builtin.name(), given, call.position()));
      case Value.None _,
          Value.Bool _,
          Value.Int _,
          Value.Text _,
          Value.Tuple _,
          Value.Sequence _,
          Value.Dict _,
          Value.Entity _ ->
          throw new Rejected(callee.kind() + " cannot be called");
    };
  }

  private Value attribute(Value owner, String name) {
    return owner instanceof Value.Entity entity ? entity.get(name) : methods.of(owner, name);
  }

  private Value bound(Optional<Expression> expression, Scope scope) {
    return expression.isPresent() ? value(expression.get(), scope) : Value.None.NONE;
  }

  private List<Value> values(List<Expression> items, Scope scope) {
    budget.make(items.size());
    List<Value> values = new ArrayList<>();
    for (Expression item : items) {
      values.add(value(item, scope));
    }
    return values;
  }

  private void put(Value.Dict dict, Entry entry, Scope scope) {
    Value key = value(entry.key(), scope);
    Value value = value(entry.value(), scope);
    try {
      subscripts.put(dict, key, value);
    } catch (Rejected rejected) {
      throw rejected.at(entry.key().position());
    }
  }

  private static Set<String> names(List<Clause> clauses) {
    Set<String> names = new HashSet<>();
    for (Clause clause : clauses) {
      if (clause instanceof Clause.Each(Expression target, Expression _)) {
        names.addAll(Assigned.names(target));
      }
    }
    return names;
  }

  /** The first clause's items are evaluated outside, as Python does. */
  private void comprehend(List<Clause> clauses, Scope outside, Scope inside, Runnable element) {
    if (clauses.isEmpty()) {
      element.run();
      return;
    }
    List<Clause> rest = clauses.subList(1, clauses.size());
    switch (clauses.getFirst()) {
      case Clause.Only(Expression condition) -> {
        if (value(condition, outside).isTrue()) {
          comprehend(rest, inside, inside, element);
        }
      }
      case Clause.Each(Expression target, Expression items) -> {
        Iterator<Value> each = each(value(items, outside), items);
        budget.enter();
        while (each.hasNext()) {
          budget.step();
          assign(target, each.next(), inside, items);
          comprehend(rest, inside, inside, element);
        }
        budget.leave();
      }
    }
  }

  /** The items of a value; an error stands at the expression it came from. */
  Iterator<Value> each(Value items, Expression from) {
    try {
      return iteration.each(items);
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
      case Expression.Attribute(Expression owner, String name, Position position) ->
          setAttribute(value(owner, scope), name, value, position, from.position());
      case Expression.Index(Expression owner, Expression index, Position position) -> {
        Value holder = value(owner, scope);
        setItem(holder, value(index, scope), value, position);
      }
      case Expression.TupleOf(List<Expression> items, Position _) ->
          unpack(items, value, scope, from);
      case Expression.ListOf(List<Expression> items, Position _) ->
          unpack(items, value, scope, from);
      case Expression.Unassignable _ ->
          throw new IllegalStateException("the parser lets no such target pass");
    }
  }

  private void unpack(List<Expression> targets, Value value, Scope scope, Expression from) {
    List<Value> items = new ArrayList<>();
    each(value, from).forEachRemaining(items::add);
    if (items.size() != targets.size()) {
      throw new Rejected(
          from.position(), targets.size() + " values are wanted here, not " + items.size());
    }
    for (int i = 0; i < targets.size(); i++) {
      assign(targets.get(i), items.get(i), scope, from);
    }
  }

  private static void setAttribute(
      Value owner, String name, Value value, Position position, Position from) {
    if (!(owner instanceof Value.Entity entity)) {
      throw new Rejected(position, owner.kind() + " has no attributes to set");
    }
    try {
      entity.set(name, value, from);
    } catch (Rejected rejected) {
      throw rejected.at(position);
    }
  }

  private void setItem(Value owner, Value index, Value value, Position position) {
    try {
      subscripts.set(owner, index, value);
    } catch (Rejected rejected) {
      throw rejected.at(position);
    }
  }

  /** {@code a += b}: a list grows itself, everything else is computed anew. */
  void augment(Statement.Augment augment, Scope scope) {
    switch (augment.target()) {
      case Expression.Name name ->
          scope.set(name.name(), augmented(value(name, scope), augment, scope));
      case Expression.Attribute(Expression owner, String name, Position position) -> {
        Value holder = value(owner, scope);
        Value result = augmented(attribute(holder, name), augment, scope);
        setAttribute(holder, name, result, position, augment.value().position());
      }
      case Expression.Index(Expression owner, Expression index, Position position) -> {
        Value holder = value(owner, scope);
        Value place = value(index, scope);
        setItem(holder, place, augmented(subscripts.get(holder, place), augment, scope), position);
      }
      case Expression.TupleOf _, Expression.ListOf _, Expression.Unassignable _ ->
          throw new IllegalStateException("the parser lets no such target pass");
    }
  }

  private Value augmented(Value old, Statement.Augment augment, Scope scope) {
    Value operand = value(augment.value(), scope);
    if (old instanceof Value.Sequence list && augment.operator().equals("+")) {
      list.items().addAll(iteration.all(operand));
      return list;
    }
    Value result = operators.binary(augment.operator(), old, operand);
    if (old instanceof Value.Sequence list && result instanceof Value.Sequence longer) {
      list.items().clear();
      list.items().addAll(longer.items());
      return list;
    }
    return result;
  }
}
