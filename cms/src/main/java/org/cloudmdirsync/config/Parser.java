package org.cloudmdirsync.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cloudmdirsync.config.Statement.Branch;
import org.cloudmdirsync.config.Statement.Parameter;
import org.cloudmdirsync.config.Token.Symbol;

/** Statements of the subset; whatever else Python has is an error that says so. */
final class Parser {
  private static final Set<String> CHANGES =
      Set.of("-=", "*=", "/=", "//=", "%=", "**=", ">>=", "<<=", "&=", "|=", "^=", "@=");

  private final TokenStream tokens;
  private final ExpressionParser expressions;

  /** What the function around assigns, or the file. */
  private Set<String> assigned = new HashSet<>();

  private boolean inFunction;

  private Parser(TokenStream tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
  }

  /** The statements of a whole file. */
  static List<Statement> statements(Source source) {
    return new Parser(new TokenStream(Lexer.tokens(source))).file();
  }

  private List<Statement> file() {
    List<Statement> statements = new ArrayList<>();
    while (!tokens.accept(Symbol.END)) {
      statement(statements);
    }
    return statements;
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
    } else if (tokens.accept("return")) {
      check(inFunction, position, "\"return\" stands outside of a function");
      boolean bare = tokens.at(Symbol.NEWLINE) || tokens.at(";");
      return new Statement.Return(
          bare ? Optional.empty() : Optional.of(expressions.expressions()), position);
    }
    return assignment(position);
  }

  private static void check(boolean allowed, Position position, String message) {
    if (!allowed) {
      throw new Rejected(position, message);
    }
  }

  private Statement assignment(Position position) {
    Expression value = expressions.expressions();
    if (tokens.at("+=")) {
      return addition(value);
    }
    List<Expression> targets = new ArrayList<>();
    while (tokens.accept("=")) {
      targets.add(assigned(value));
      value = expressions.expressions();
    }
    if (targets.isEmpty() && tokens.at(":")) {
      throw tokens.unsupported("an annotation", "use \"=\"");
    } else if (tokens.peek() instanceof Symbol(String text, Position _) && CHANGES.contains(text)) {
      String operator = text.substring(0, text.length() - 1);
      throw tokens.unsupported(
          "\"" + text + "\"", "write x = x " + operator + " y in place of x " + text + " y");
    }
    return targets.isEmpty()
        ? new Statement.Evaluate(value, position)
        : new Statement.Assign(targets, value, position);
  }

  private Statement addition(Expression target) {
    if (!(target instanceof Expression.Name(String name, Position _))) {
      throw tokens.unsupported("\"+=\" on anything but a name", "write x = x + y");
    }
    assigned(target);
    Position position = tokens.take().position();
    return new Statement.Add(name, expressions.expressions(), position);
  }

  /** The same expression, if a value can be assigned to it; its names are remembered. */
  private Expression assigned(Expression target) {
    switch (target) {
      case Expression.Name(String name, Position _) -> assigned.add(name);
      case Expression.Attribute _, Expression.Index _ -> {}
      case Expression.TupleOf tuple -> tuple.items().forEach(this::assigned);
      case Expression.ListOf _ ->
          throw new Rejected(
              target.position(), "assigning to a list is not supported; leave out the brackets");
      case Expression.Unassignable _ ->
          throw new Rejected(target.position(), "nothing can be assigned to this");
    }
    return target;
  }

  private Statement condition(Position position) {
    List<Branch> branches = new ArrayList<>();
    do {
      Expression condition = expressions.expression();
      branches.add(new Branch(condition, block()));
    } while (tokens.accept("elif"));
    List<Statement> otherwise = tokens.accept("else") ? block() : List.of();
    return new Statement.If(branches, otherwise, position);
  }

  private Statement loop(Position position) {
    Expression target = assigned(expressions.targets());
    tokens.expect("in");
    Expression items = expressions.expressions();
    List<Statement> body = block();
    if (tokens.at("else")) {
      throw tokens.unsupported("\"else\" after a loop", "");
    }
    return new Statement.For(target, items, body, position);
  }

  private Statement function(Position position) {
    String name = tokens.expectName();
    assigned.add(name);
    List<Parameter> parameters = parameters();
    if (tokens.at("->")) {
      throw tokens.unexpected("");
    }
    Set<String> outerAssigned = assigned;
    boolean outerFunction = inFunction;
    assigned = new HashSet<>();
    parameters.forEach(parameter -> assigned.add(parameter.name()));
    inFunction = true;
    Statement function = new Statement.Define(name, parameters, block(), assigned, position);
    assigned = outerAssigned;
    inFunction = outerFunction;
    return function;
  }

  private List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    tokens.expect("(");
    while (!tokens.accept(")")) {
      if (tokens.at("*") || tokens.at("**") || tokens.at("/")) {
        throw tokens.unsupported("\"*\" or \"/\" among parameters", "name each of them");
      }
      Position position = tokens.position();
      String name = tokens.expectName();
      if (tokens.at(":")) {
        throw tokens.unsupported("an annotation", "leave it out");
      }
      Optional<Expression> byDefault =
          tokens.accept("=") ? Optional.of(expressions.expression()) : Optional.empty();
      check(
          parameters.stream().noneMatch(other -> other.name().equals(name)),
          position,
          "parameter \"" + name + "\" stands twice");
      check(
          byDefault.isPresent()
              || parameters.isEmpty()
              || parameters.getLast().byDefault().isEmpty(),
          position,
          "a parameter without a default may not follow one that has a default");
      parameters.add(new Parameter(name, byDefault));
      expressions.separator(")");
    }
    return parameters;
  }

  private List<Statement> block() {
    List<Statement> statements = new ArrayList<>();
    tokens.expect(":");
    if (!tokens.accept(Symbol.NEWLINE)) {
      simpleLine(statements);
      return statements;
    }
    if (!tokens.accept(Symbol.INDENT)) {
      throw new Rejected(tokens.position(), "an indented block is missing here");
    }
    while (!tokens.accept(Symbol.DEDENT)) {
      statement(statements);
    }
    return statements;
  }
}
