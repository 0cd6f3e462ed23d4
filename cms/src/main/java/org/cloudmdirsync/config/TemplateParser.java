package org.cloudmdirsync.config;

import java.util.ArrayList;
import java.util.List;
import org.cloudmdirsync.config.Token.Symbol;

/** Takes an f-string apart: text, and expressions in braces. */
final class TemplateParser {
  private final Token.Template template;
  private final Source source;
  private int at;

  private TemplateParser(Token.Template template) {
    this.template = template;
    this.source = template.position().source();
    this.at = template.start();
  }

  /** In order; what stands between the braces of a field is an expression of its own. */
  static List<Expression> parts(Token.Template template) {
    return new TemplateParser(template).parts();
  }

  private List<Expression> parts() {
    List<Expression> parts = new ArrayList<>();
    while (at < template.end()) {
      parts.add(part(source.text().charAt(at)));
    }
    return parts;
  }

  private Expression part(char c) {
    Position position = new Position(source, at);
    if (c != '{' && c != '}') {
      return text(position);
    } else if (at + 1 < template.end() && source.text().charAt(at + 1) == c) {
      at += 2;
      return new Expression.Constant(new Value.Text(String.valueOf(c)), position);
    } else if (c == '}') {
      throw new Rejected(position, "a single \"}\" in an f-string; write }}");
    }
    TokenStream tokens = new TokenStream(Lexer.field(source, at + 1, template.end()));
    Expression value = new ExpressionParser(tokens).expressions();
    if (tokens.at("=")) {
      throw tokens.unsupported("\"=\" in an f-string", "write only {name}");
    } else if (!tokens.at(Symbol.END)) {
      throw tokens.unexpected("expected \"}\", found ");
    }
    at = tokens.position().offset() + 1;
    return value;
  }

  private Expression text(Position position) {
    int start = at;
    while (at < template.end() && "{}".indexOf(source.text().charAt(at)) < 0) {
      at++;
    }
    return new Expression.Constant(
        new Value.Text(Escapes.resolve(source, start, at, template.raw())), position);
  }
}
