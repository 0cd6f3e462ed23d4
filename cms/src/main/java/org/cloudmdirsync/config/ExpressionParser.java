package org.cloudmdirsync.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cloudmdirsync.config.Expression.Argument;
import org.cloudmdirsync.config.Expression.Link;

/** Expressions, by Python's precedence. */
final class ExpressionParser {
  /** So that no file can exhaust the stack; nobody nests by hand that deeply. */
  private static final int DEEPEST = 150;

  private static final Map<String, Integer> PRECEDENCE =
      Map.ofEntries(
          Map.entry("|", 1),
          Map.entry("^", 2),
          Map.entry("&", 3),
          Map.entry("<<", 4),
          Map.entry(">>", 4),
          Map.entry("+", 5),
          Map.entry("-", 5),
          Map.entry("*", 6),
          Map.entry("/", 6),
          Map.entry("//", 6),
          Map.entry("%", 6));

  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=", "in");

  private final TokenStream tokens;
  private int depth;

  ExpressionParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  /** One expression, or several separated by commas: a tuple. */
  Expression expressions() {
    Position position = tokens.position();
    Expression first = expression();
    if (!tokens.at(",")) {
      return first;
    }
    List<Expression> items = new ArrayList<>(List.of(first));
    while (tokens.accept(",") && startsExpression()) {
      items.add(expression());
    }
    return new Expression.TupleOf(List.copyOf(items), position);
  }

  /** One expression. */
  Expression expression() {
    enter();
    Expression value = disjunction();
    if (tokens.at("if")) {
      Position position = tokens.take().position();
      Expression condition = disjunction();
      tokens.expect("else");
      value = new Expression.Conditional(condition, value, expression(), position);
    }
    depth--;
    return value;
  }

  /** What {@code for} assigns: names, attributes, items, or tuples of them. */
  Expression targets() {
    Position position = tokens.position();
    Expression first = postfix();
    if (!tokens.at(",")) {
      return assignable(first);
    }
    List<Expression> items = new ArrayList<>(List.of(first));
    while (tokens.accept(",") && !tokens.at("in")) {
      items.add(postfix());
    }
    return assignable(new Expression.TupleOf(List.copyOf(items), position));
  }

  /** The same expression, if a value can be assigned to it. */
  Expression assignable(Expression target) {
    switch (target) {
      case Expression.Name _, Expression.Attribute _, Expression.Index _ -> {}
      case Expression.TupleOf tuple -> tuple.items().forEach(this::assignable);
      case Expression.ListOf list -> list.items().forEach(this::assignable);
      case Expression.Unassignable _ ->
          throw new Rejected(target.position(), "nothing can be assigned to this");
    }
    return target;
  }

  /** An expression without {@code x if y else z}, as comprehensions want it. */
  Expression condition() {
    return disjunction();
  }

  private void enter() {
    if (++depth > DEEPEST) {
      throw new Rejected(tokens.position(), "this expression is nested too deeply");
    }
  }

  private boolean startsExpression() {
    return switch (tokens.peek()) {
      case Token.Symbol symbol ->
          Set.of("(", "[", "{", "-", "+", "~", "not", "None", "True", "False", "lambda")
              .contains(symbol.text());
      case Token.Name _, Token.Numeral _, Token.Text _, Token.Template _ -> true;
    };
  }

  private Expression disjunction() {
    Expression left = conjunction();
    while (tokens.at("or")) {
      Position position = tokens.take().position();
      left = new Expression.Logical(false, left, conjunction(), position);
    }
    return left;
  }

  private Expression conjunction() {
    Expression left = inversion();
    while (tokens.at("and")) {
      Position position = tokens.take().position();
      left = new Expression.Logical(true, left, inversion(), position);
    }
    return left;
  }

  private Expression inversion() {
    if (!tokens.at("not")) {
      return comparison();
    }
    Position position = tokens.take().position();
    enter();
    Expression operand = inversion();
    depth--;
    return new Expression.Not(operand, position);
  }

  private Expression comparison() {
    Expression first = binary(1);
    List<Link> links = new ArrayList<>();
    for (Optional<Link> link = link(); link.isPresent(); link = link()) {
      links.add(link.get());
    }
    return links.isEmpty()
        ? first
        : new Expression.Comparison(first, List.copyOf(links), links.getFirst().position());
  }

  private Optional<Link> link() {
    Position position = tokens.position();
    if (tokens.accept("is")) {
      String operator = tokens.accept("not") ? "is not" : "is";
      return Optional.of(new Link(operator, binary(1), position));
    } else if (tokens.accept("not")) {
      tokens.expect("in");
      return Optional.of(new Link("not in", binary(1), position));
    } else if (tokens.peek() instanceof Token.Symbol symbol
        && COMPARISONS.contains(symbol.text())) {
      tokens.take();
      return Optional.of(new Link(symbol.text(), binary(1), position));
    }
    return Optional.empty();
  }

  private Expression binary(int weakest) {
    Expression left = unary();
    while (tokens.peek() instanceof Token.Symbol(String operator, Position position)
        && PRECEDENCE.getOrDefault(operator, 0) >= weakest) {
      tokens.take();
      Expression right = binary(PRECEDENCE.getOrDefault(operator, 0) + 1);
      left = new Expression.Binary(operator, left, right, position);
    }
    return left;
  }

  private Expression unary() {
    Position position = tokens.position();
    for (String operator : List.of("-", "+", "~")) {
      if (tokens.accept(operator)) {
        enter();
        Expression operand = unary();
        depth--;
        return new Expression.Unary(operator, operand, position);
      }
    }
    return power();
  }

  private Expression power() {
    Expression base = postfix();
    if (!tokens.at("**")) {
      return base;
    }
    Position position = tokens.take().position();
    enter();
    Expression exponent = unary();
    depth--;
    return new Expression.Binary("**", base, exponent, position);
  }

  private Expression postfix() {
    Expression value = new AtomParser(tokens, this).atom();
    while (true) {
      if (tokens.at("(")) {
        value = new Expression.Call(value, arguments(), value.position());
      } else if (tokens.accept(".")) {
        Position position = tokens.position();
        value = new Expression.Attribute(value, tokens.expectName(), position);
      } else if (tokens.at("[")) {
        value = subscript(value);
      } else {
        return value;
      }
    }
  }

  private List<Argument> arguments() {
    List<Argument> arguments = new ArrayList<>();
    Set<String> names = new HashSet<>();
    tokens.expect("(");
    while (!tokens.accept(")")) {
      Argument argument = argument();
      if (argument.name().isEmpty() && !names.isEmpty()) {
        throw new Rejected(
            argument.position(), "an argument without a name may not follow one with a name");
      }
      if (argument.name().isPresent() && !names.add(argument.name().get())) {
        throw new Rejected(
            argument.position(), "argument \"" + argument.name().get() + "\" is given twice");
      }
      arguments.add(argument);
      separator(")");
    }
    return List.copyOf(arguments);
  }

  private Argument argument() {
    Position position = tokens.position();
    if (tokens.at("*") || tokens.at("**")) {
      throw new Rejected(position, "\"*\" before an argument is not supported");
    }
    Expression value = expression();
    if (tokens.at("=") && value instanceof Expression.Name(String name, Position _)) {
      tokens.take();
      return new Argument(Optional.of(name), expression(), position);
    }
    if (tokens.at("for")) {
      throw new Rejected(
          tokens.position(), "a generator is not supported; write it in square brackets");
    }
    return new Argument(Optional.empty(), value, position);
  }

  private Expression subscript(Expression owner) {
    Position position = tokens.take().position();
    Optional<Expression> from = tokens.at(":") ? Optional.empty() : Optional.of(expressions());
    Expression subscript;
    if (tokens.accept(":")) {
      Optional<Expression> to = bound();
      Optional<Expression> step = tokens.accept(":") ? bound() : Optional.empty();
      subscript = new Expression.Slice(owner, from, to, step, position);
    } else {
      subscript = new Expression.Index(owner, from.orElseThrow(), position);
    }
    tokens.expect("]");
    return subscript;
  }

  private Optional<Expression> bound() {
    return tokens.at(":") || tokens.at("]") ? Optional.empty() : Optional.of(expression());
  }

  /** A comma, or the end of the brackets, which stays. */
  void separator(String closing) {
    if (!tokens.accept(",") && !tokens.at(closing)) {
      throw tokens.unexpected("expected \",\" or \"" + closing + "\", found ");
    }
  }
}
