package org.cloudmdirsync.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cloudmdirsync.config.Expression.Argument;
import org.cloudmdirsync.config.Expression.Entry;

/** Expressions, by Python's precedence. */
final class ExpressionParser {
  /** So that no file can exhaust the stack; nobody nests by hand that deeply. */
  private static final int DEEPEST = 150;

  /** The weakest first; between the second and the third stands {@code not}. */
  private static final List<Set<String>> OPERATORS =
      List.of(
          Set.of("or"),
          Set.of("and"),
          Set.of("==", "!=", "<", "<=", ">", ">=", "is", "in", "not"),
          Set.of("|"),
          Set.of("&"),
          Set.of("+", "-"),
          Set.of("*", "//", "%"));

  private static final int COMPARISON = 2;

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
    return new Expression.TupleOf(items, position);
  }

  /** One expression. */
  Expression expression() {
    enter();
    Expression value = operation(0);
    if (tokens.at("if")) {
      Position position = tokens.take().position();
      Expression condition = operation(0);
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
      return first;
    }
    List<Expression> items = new ArrayList<>(List.of(first));
    while (tokens.accept(",") && !tokens.at("in")) {
      items.add(postfix());
    }
    return new Expression.TupleOf(items, position);
  }

  private void enter() {
    if (++depth > DEEPEST) {
      throw new Rejected(tokens.position(), "this expression is nested too deeply");
    }
  }

  private boolean startsExpression() {
    return switch (tokens.peek()) {
      case Token.Symbol symbol ->
          Set.of("(", "[", "{", "-", "+", "*", "not", "None", "True", "False", "lambda")
              .contains(symbol.text());
      case Token.Name _, Token.Numeral _, Token.Text _, Token.Template _ -> true;
    };
  }

  /** Operands and the operators between them that bind at least as strongly. */
  private Expression operation(int weakest) {
    Expression left = operand(weakest);
    while (precedence() >= weakest) {
      int strength = precedence();
      Position position = tokens.position();
      String operator = operator();
      left = new Expression.Binary(operator, left, operation(strength + 1), position);
      if (strength == COMPARISON && precedence() == COMPARISON) {
        throw tokens.unsupported("a chain of comparisons", "write \"and\" between two of them");
      }
    }
    return left;
  }

  /** That of the next operator; -1 if there is none. */
  private int precedence() {
    for (int level = OPERATORS.size() - 1; level >= 0; level--) {
      if (tokens.peek() instanceof Token.Symbol(String text, Position _)
          && OPERATORS.get(level).contains(text)) {
        return level;
      }
    }
    return -1;
  }

  /** The next operator, of one word or two. */
  private String operator() {
    if (tokens.accept("is")) {
      return tokens.accept("not") ? "is not" : "is";
    } else if (tokens.accept("not")) {
      tokens.expect("in");
      return "not in";
    }
    return tokens.take() instanceof Token.Symbol(String text, Position _) ? text : "";
  }

  private Expression operand(int weakest) {
    Position position = tokens.position();
    boolean negated = weakest <= COMPARISON && tokens.accept("not");
    if (!negated && !tokens.accept("-")) {
      return postfix();
    }
    enter();
    Expression operand = negated ? operation(COMPARISON) : operand(COMPARISON + 1);
    depth--;
    return new Expression.Unary(negated ? "not" : "-", operand, position);
  }

  private Expression postfix() {
    Expression value = atom();
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
    tokens.expect("(");
    while (!tokens.accept(")")) {
      Argument argument = argument();
      if (argument.name().isEmpty()
          && !arguments.isEmpty()
          && arguments.getLast().name().isPresent()) {
        throw new Rejected(
            argument.position(), "an argument without a name may not follow one with a name");
      }
      arguments.add(argument);
      separator(")");
    }
    return arguments;
  }

  private Argument argument() {
    Position position = tokens.position();
    Expression value = expression();
    if (value instanceof Expression.Name(String name, Position _) && tokens.accept("=")) {
      return new Argument(Optional.of(name), expression(), position);
    }
    return new Argument(Optional.empty(), value, position);
  }

  private Expression subscript(Expression owner) {
    Position position = tokens.take().position();
    Expression index = tokens.at(":") ? owner : expression();
    if (tokens.at(":")) {
      throw tokens.unsupported("a slice", "take one item, such as x[0]");
    }
    tokens.expect("]");
    return new Expression.Index(owner, index, position);
  }

  /** What stands by itself: names, literals, and everything in brackets. */
  private Expression atom() {
    return switch (tokens.peek()) {
      case Token.Name(String name, Position position) -> {
        tokens.take();
        yield new Expression.Name(name, position);
      }
      case Token.Numeral(long value, Position _) -> constant(new Value.Int(value));
      case Token.Text _, Token.Template _ -> strings();
      case Token.Symbol(String text, Position position) ->
          switch (text) {
            case "None" -> constant(Value.None.NONE);
            case "True" -> constant(Value.Bool.TRUE);
            case "False" -> constant(Value.Bool.FALSE);
            case "(" -> parentheses(position);
            case "[" -> list(position);
            case "{" -> dict(position);
            case "+", "*" -> throw tokens.unsupported("\"" + text + "\" before a value", "");
            default -> throw tokens.unexpected("expected a value, found ");
          };
    };
  }

  private Expression constant(Value value) {
    return new Expression.Constant(value, tokens.take().position());
  }

  /** Strings that stand beside each other are one. */
  private Expression strings() {
    Position position = tokens.position();
    List<Expression> parts = new ArrayList<>();
    while (true) {
      if (tokens.peek() instanceof Token.Text(String value, Position _)) {
        parts.add(constant(new Value.Text(value)));
      } else if (tokens.peek() instanceof Token.Template template) {
        parts.addAll(TemplateParser.parts(template));
        tokens.take();
      } else if (parts.size() == 1
          && parts.getFirst() instanceof Expression.Constant only
          && only.value() instanceof Value.Text) {
        return only;
      } else {
        return new Expression.Template(parts, position);
      }
    }
  }

  private Expression parentheses(Position position) {
    tokens.take();
    if (tokens.accept(")")) {
      return new Expression.TupleOf(List.of(), position);
    }
    Expression inner = expressions();
    if (!tokens.accept(")")) {
      throw unclosed(")");
    }
    return inner;
  }

  private Expression list(Position position) {
    tokens.take();
    List<Expression> items = new ArrayList<>();
    while (!tokens.accept("]")) {
      items.add(expression());
      separator("]");
    }
    return new Expression.ListOf(items, position);
  }

  private Expression dict(Position position) {
    tokens.take();
    List<Entry> entries = new ArrayList<>();
    while (!tokens.accept("}")) {
      Expression key = expression();
      if (tokens.at(",") || tokens.at("}")) {
        throw new Rejected(key.position(), "sets are not supported; use a list: [ ]");
      }
      tokens.expect(":");
      entries.add(new Entry(key, expression()));
      separator("}");
    }
    return new Expression.DictOf(entries, position);
  }

  /** A comma, or the end of the brackets, which stays. */
  void separator(String closing) {
    if (!tokens.accept(",") && !tokens.at(closing)) {
      throw unclosed(closing);
    }
  }

  private Rejected unclosed(String closing) {
    return tokens.at("for")
        ? tokens.unsupported(
            "\"for\" in brackets", "fill a list in a \"for\" of its own, with append()")
        : tokens.unexpected("expected \",\" or \"" + closing + "\", found ");
  }
}
