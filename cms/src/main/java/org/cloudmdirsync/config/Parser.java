package org.cloudmdirsync.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cloudmdirsync.config.Statement.Branch;
import org.cloudmdirsync.config.Statement.Parameter;
import org.cloudmdirsync.config.Token.Symbol;

/** Statements of the subset; whatever else Python has is an error that says so. */
final class Parser {
  private static final Set<String> AUGMENTED =
      Set.of("+=", "-=", "*=", "/=", "//=", "%=", "**=", ">>=", "<<=", "&=", "|=", "^=");

  private final TokenStream tokens;
  private final ExpressionParser expressions;
  private boolean inFunction;
  private boolean inLoop;

  private Parser(TokenStream tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
  }

  /** The statements of a whole file. */
  static List<Statement> statements(Source source) {
    return new Parser(new TokenStream(Lexer.tokens(source))).file();
  }

  /** The one expression in the field of an f-string. */
  static Expression field(List<Token> tokens) {
    TokenStream stream = new TokenStream(tokens);
    Expression value = new ExpressionParser(stream).expressions();
    stream.expect(Symbol.END);
    return value;
  }

  private List<Statement> file() {
    List<Statement> statements = new ArrayList<>();
    while (!tokens.accept(Symbol.END)) {
      statement(statements);
    }
    return List.copyOf(statements);
  }

  private void statement(List<Statement> into) {
    Position position = tokens.position();
    if (tokens.accept("if")) {
      into.add(condition(position));
    } else if (tokens.accept("for")) {
      into.add(loop(position));
    } else if (tokens.accept("def")) {
      into.add(function(position));
    } else if (tokens.at(Symbol.INDENT)) {
      throw new Rejected(position, "this line is indented, but nothing before it asks for that");
    } else {
      simpleLine(into);
    }
  }

  /** Simple statements, separated by semicolons, up to the end of the line. */
  private void simpleLine(List<Statement> into) {
    do {
      into.add(simple());
    } while (tokens.accept(";") && !tokens.at(Symbol.NEWLINE));
    if (!tokens.accept(Symbol.NEWLINE)) {
      throw tokens.unexpected("expected the end of the line, found ");
    }
  }

  private Statement simple() {
    Position position = tokens.position();
    if (tokens.accept("pass")) {
      return new Statement.Pass(position);
    } else if (tokens.accept("break")) {
      return checked(inLoop, new Statement.Break(position), "\"break\" stands outside of a loop");
    } else if (tokens.accept("continue")) {
      return checked(
          inLoop, new Statement.Continue(position), "\"continue\" stands outside of a loop");
    } else if (tokens.accept("return")) {
      boolean bare = tokens.at(Symbol.NEWLINE) || tokens.at(";");
      Optional<Expression> value = bare ? Optional.empty() : Optional.of(expressions.expressions());
      return checked(
          inFunction,
          new Statement.Return(value, position),
          "\"return\" stands outside of a function");
    }
    return assignment(position);
  }

  private static Statement checked(boolean allowed, Statement statement, String message) {
    if (!allowed) {
      throw new Rejected(statement.position(), message);
    }
    return statement;
  }

  private Statement assignment(Position position) {
    Expression first = expressions.expressions();
    if (tokens.peek() instanceof Symbol(String operator, Position at)
        && AUGMENTED.contains(operator)) {
      return augmented(first, operator, at);
    }
    List<Expression> targets = new ArrayList<>();
    Expression value = first;
    while (tokens.accept("=")) {
      targets.add(expressions.assignable(value));
      value = expressions.expressions();
    }
    if (targets.isEmpty() && tokens.at(":")) {
      throw new Rejected(tokens.position(), "annotations are not supported; use \"=\"");
    }
    return targets.isEmpty()
        ? new Statement.Evaluate(value, position)
        : new Statement.Assign(List.copyOf(targets), value, position);
  }

  private Statement augmented(Expression target, String operator, Position position) {
    if (target instanceof Expression.TupleOf || target instanceof Expression.ListOf) {
      throw new Rejected(position, "\"" + operator + "\" works on one value at a time");
    }
    expressions.assignable(target);
    tokens.take();
    String plain = operator.substring(0, operator.length() - 1);
    return new Statement.Augment(target, plain, expressions.expressions(), position);
  }

  private Statement condition(Position position) {
    List<Branch> branches = new ArrayList<>();
    do {
      Expression condition = expressions.expression();
      branches.add(new Branch(condition, block()));
    } while (tokens.accept("elif"));
    List<Statement> otherwise = tokens.accept("else") ? block() : List.of();
    return new Statement.If(List.copyOf(branches), otherwise, position);
  }

  private Statement loop(Position position) {
    Expression target = expressions.targets();
    tokens.expect("in");
    Expression items = expressions.expressions();
    boolean outer = inLoop;
    inLoop = true;
    List<Statement> body = block();
    inLoop = outer;
    List<Statement> otherwise = tokens.accept("else") ? block() : List.of();
    return new Statement.For(target, items, body, otherwise, position);
  }

  private Statement function(Position position) {
    String name = tokens.expectName();
    List<Parameter> parameters = parameters();
    if (tokens.at("->")) {
      throw tokens.unexpected("");
    }
    boolean outerFunction = inFunction;
    boolean outerLoop = inLoop;
    inFunction = true;
    inLoop = false;
    List<Statement> body = block();
    inFunction = outerFunction;
    inLoop = outerLoop;
    return new Statement.Define(name, parameters, body, Assigned.names(body), position);
  }

  private List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    tokens.expect("(");
    while (!tokens.accept(")")) {
      if (tokens.at("*") || tokens.at("**") || tokens.at("/")) {
        throw new Rejected(tokens.position(), "only plain parameters are supported");
      }
      Position position = tokens.position();
      String name = tokens.expectName();
      if (tokens.at(":")) {
        throw new Rejected(tokens.position(), "annotations are not supported; leave it out");
      }
      Optional<Expression> byDefault =
          tokens.accept("=") ? Optional.of(expressions.expression()) : Optional.empty();
      check(parameters, name, byDefault.isPresent(), position);
      parameters.add(new Parameter(name, byDefault));
      expressions.separator(")");
    }
    return List.copyOf(parameters);
  }

  private static void check(
      List<Parameter> before, String name, boolean hasDefault, Position position) {
    if (before.stream().anyMatch(parameter -> parameter.name().equals(name))) {
      throw new Rejected(position, "parameter \"" + name + "\" stands twice");
    }
    if (!hasDefault && !before.isEmpty() && before.getLast().byDefault().isPresent()) {
      throw new Rejected(
          position, "a parameter without a default may not follow one that has a default");
    }
  }

  private List<Statement> block() {
    List<Statement> statements = new ArrayList<>();
    tokens.expect(":");
    if (!tokens.accept(Symbol.NEWLINE)) {
      simpleLine(statements);
      return List.copyOf(statements);
    }
    if (!tokens.accept(Symbol.INDENT)) {
      throw new Rejected(tokens.position(), "an indented block is missing here");
    }
    while (!tokens.accept(Symbol.DEDENT)) {
      statement(statements);
    }
    return List.copyOf(statements);
  }
}
