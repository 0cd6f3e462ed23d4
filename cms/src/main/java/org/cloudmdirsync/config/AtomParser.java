package org.cloudmdirsync.config;

import java.util.ArrayList;
import java.util.List;
import org.cloudmdirsync.config.Expression.Clause;
import org.cloudmdirsync.config.Expression.Entry;
import org.cloudmdirsync.config.Expression.Part;
import org.cloudmdirsync.config.Token.Piece;

/** What stands by itself: names, literals, and everything in brackets. */
final class AtomParser {
  private final TokenStream tokens;
  private final ExpressionParser expressions;

  AtomParser(TokenStream tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  Expression atom() {
    return switch (tokens.peek()) {
      case Token.Name(String name, Position position) -> {
        tokens.take();
        yield new Expression.Name(name, position);
      }
      case Token.Numeral(long value, Position position) -> {
        tokens.take();
        yield new Expression.Constant(new Value.Int(value), position);
      }
      case Token.Text _, Token.Template _ -> strings();
      case Token.Symbol symbol -> symbol(symbol);
    };
  }

  private Expression symbol(Token.Symbol symbol) {
    Position position = symbol.position();
    return switch (symbol.text()) {
      case "None" -> constant(Value.None.NONE);
      case "True" -> constant(Value.Bool.TRUE);
      case "False" -> constant(Value.Bool.FALSE);
      case "(" -> parentheses(position);
      case "[" -> list(position);
      case "{" -> dict(position);
      default -> throw tokens.unexpected("expected a value, found ");
    };
  }

  private Expression constant(Value value) {
    return new Expression.Constant(value, tokens.take().position());
  }

  /** Strings that stand beside each other are one. */
  private Expression strings() {
    Position position = tokens.position();
    List<Part> parts = new ArrayList<>();
    boolean template = false;
    while (true) {
      if (tokens.peek() instanceof Token.Text(String value, Position _)) {
        parts.add(new Part.Plain(value));
      } else if (tokens.peek() instanceof Token.Template(List<Piece> pieces, Position _)) {
        template = true;
        pieces.forEach(piece -> parts.add(part(piece)));
      } else {
        break;
      }
      tokens.take();
    }
    return template
        ? new Expression.Template(List.copyOf(parts), position)
        : new Expression.Constant(new Value.Text(joined(parts)), position);
  }

  private static String joined(List<Part> parts) {
    StringBuilder joined = new StringBuilder();
    for (Part part : parts) {
      joined.append(part instanceof Part.Plain(String text) ? text : "");
    }
    return joined.toString();
  }

  private static Part part(Piece piece) {
    return switch (piece) {
      case Piece.Plain(String text) -> new Part.Plain(text);
      case Piece.Field(var tokens, String conversion, String format, Position position) ->
          new Part.Field(Parser.field(tokens), conversion, format, position);
    };
  }

  private Expression parentheses(Position position) {
    tokens.take();
    if (tokens.accept(")")) {
      return new Expression.TupleOf(List.of(), position);
    }
    Expression inner = expressions.expressions();
    if (tokens.at("for")) {
      throw new Rejected(
          tokens.position(), "a generator is not supported; write it in square brackets");
    }
    if (!tokens.at(")")) {
      throw tokens.unexpected("expected \",\" or \")\", found ");
    }
    tokens.take();
    return inner;
  }

  private Expression list(Position position) {
    tokens.take();
    List<Expression> items = new ArrayList<>();
    while (!tokens.accept("]")) {
      items.add(expressions.expression());
      if (items.size() == 1 && tokens.at("for")) {
        List<Clause> clauses = clauses();
        tokens.expect("]");
        return new Expression.ListComprehension(items.getFirst(), clauses, position);
      }
      expressions.separator("]");
    }
    return new Expression.ListOf(List.copyOf(items), position);
  }

  private Expression dict(Position position) {
    tokens.take();
    List<Entry> entries = new ArrayList<>();
    while (!tokens.accept("}")) {
      entries.add(entry());
      if (entries.size() == 1 && tokens.at("for")) {
        List<Clause> clauses = clauses();
        tokens.expect("}");
        return new Expression.DictComprehension(entries.getFirst(), clauses, position);
      }
      expressions.separator("}");
    }
    return new Expression.DictOf(List.copyOf(entries), position);
  }

  private Entry entry() {
    Expression key = expressions.expression();
    if (!tokens.accept(":")) {
      throw tokens.at(",") || tokens.at("}") || tokens.at("for")
          ? new Rejected(key.position(), "sets are not supported; use a list: [ ]")
          : tokens.unexpected("expected \":\", found ");
    }
    return new Entry(key, expressions.expression());
  }

  private List<Clause> clauses() {
    List<Clause> clauses = new ArrayList<>();
    while (true) {
      if (tokens.accept("for")) {
        Expression target = expressions.targets();
        tokens.expect("in");
        clauses.add(new Clause.Each(target, expressions.condition()));
      } else if (tokens.accept("if")) {
        clauses.add(new Clause.Only(expressions.condition()));
      } else {
        return List.copyOf(clauses);
      }
    }
  }
}
