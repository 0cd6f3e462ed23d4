package org.cloudmdirsync.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.cloudmdirsync.config.Token.Symbol;

/** Text to tokens, with Python's rules for indentation, brackets, comments and continuation. */
final class Lexer {
  /** Python's own limit on indentation. */
  private static final int DEEPEST_INDENTATION = 100;

  /** Python's own limit on brackets is 200; a parser's stack is shorter than a file is long. */
  private static final int DEEPEST_BRACKETS = 100;

  private static final Set<String> KEYWORDS =
      Set.of(
          ("False None True and as assert async await break class continue def del elif else except"
                  + " finally for from global if import in is lambda nonlocal not or pass raise"
                  + " return try while with yield")
              .split(" "));

  /** Longest first, so that the first that fits is the right one. */
  private static final List<String> OPERATORS =
      List.of(
          ("**= //= >>= <<= ... ** // >> << <= >= == != -> += -= *= /= %= &= |= ^= @= :="
                  + " + - * / % @ & | ^ ~ < > ( ) [ ] { } , : . ; =")
              .split(" "));

  private final Source source;
  private final String text;
  private final int end;
  private final List<Token> tokens = new ArrayList<>();
  private final Deque<Symbol> brackets = new ArrayDeque<>();
  private final Deque<String> indentations = new ArrayDeque<>(List.of(""));
  private int at;

  private Lexer(Source source, int start, int end) {
    this.source = source;
    this.text = source.text();
    this.at = start;
    this.end = end;
  }

  /** The tokens of a whole file. */
  static List<Token> tokens(Source source) {
    return new Lexer(source, 0, source.text().length()).file();
  }

  /**
   * The tokens of an f-string's field. The mark at their end stands at the closing brace.
   *
   * @param start behind the opening brace
   * @param limit where the f-string ends
   */
  static List<Token> field(Source source, int start, int limit) {
    return new Lexer(source, start, limit).field();
  }

  private List<Token> file() {
    while (at < end) {
      indentation();
      logicalLine();
    }
    checkClosed();
    for (; indentations.size() > 1; indentations.pop()) {
      mark(Symbol.DEDENT);
    }
    mark(Symbol.END);
    return tokens;
  }

  private List<Token> field() {
    Position start = position(at);
    while (at < end && !(brackets.isEmpty() && text.charAt(at) == '}')) {
      char c = text.charAt(at);
      if (brackets.isEmpty() && (c == ':' || (c == '!' && !text.startsWith("!=", at)))) {
        throw rejected("a format or conversion is not supported in an f-string; write only {name}");
      }
      lexeme();
    }
    checkClosed();
    if (at == end) {
      throw new Rejected(start, "this field of the f-string was never closed with \"}\"");
    }
    mark(Symbol.END);
    return tokens;
  }

  private void checkClosed() {
    if (!brackets.isEmpty()) {
      Symbol open = brackets.getFirst();
      throw new Rejected(open.position(), "\"" + open.text() + "\" was never closed");
    }
  }

  /** Reads the blanks at the start of a line; a line with nothing else does not count. */
  private void indentation() {
    int start = at;
    while (at < end && isBlank(text.charAt(at))) {
      at++;
    }
    if (at < end && text.charAt(at) != '\n' && text.charAt(at) != '#') {
      change(text.substring(start, at));
    }
  }

  /** A deeper line repeats the very blanks of the one around it, so that no tab needs a width. */
  private void change(String now) {
    String before = indentations.getFirst();
    if (now.length() > before.length() && now.startsWith(before)) {
      if (indentations.size() == DEEPEST_INDENTATION) {
        throw rejected("too many levels of indentation");
      }
      indentations.push(now);
      mark(Symbol.INDENT);
      return;
    }
    while (indentations.getFirst().length() > now.length()) {
      indentations.pop();
      mark(Symbol.DEDENT);
    }
    if (!now.equals(indentations.getFirst())) {
      boolean mixed = (before + now).contains("\t") && (before + now).contains(" ");
      throw rejected(
          mixed
              ? "tabs and spaces are mixed in the indentation; use one of them"
              : "this indentation matches no earlier line");
    }
  }

  /** Up to the line end that is in no bracket and not escaped. */
  private void logicalLine() {
    int first = tokens.size();
    while (at < end && !(brackets.isEmpty() && text.charAt(at) == '\n')) {
      lexeme();
    }
    if (tokens.size() > first) {
      mark(Symbol.NEWLINE);
    }
    at = Math.min(at + 1, end);
  }

  /** One token, or what does not count between two. */
  private void lexeme() {
    char c = text.charAt(at);
    if (isBlank(c) || c == '\n') {
      at++;
    } else if (c == '#') {
      int newline = text.indexOf('\n', at);
      at = newline < 0 || newline > end ? end : newline;
    } else if (c == '\\') {
      continuation();
    } else {
      token(c);
    }
  }

  private void continuation() {
    if (at + 1 >= end || text.charAt(at + 1) != '\n') {
      throw rejected("nothing may follow the backslash that continues a line");
    }
    at += 2;
  }

  private void token(char c) {
    int start = at;
    if (isNameStart(text.codePointAt(at))) {
      String word = word();
      if (at < end && isQuote(text.charAt(at)) && StringLiteral.isPrefix(word)) {
        string(start, word);
      } else if (KEYWORDS.contains(word)) {
        tokens.add(new Symbol(word, position(start)));
      } else {
        tokens.add(new Token.Name(word, position(start)));
      }
    } else if (isQuote(c)) {
      string(start, "");
    } else if (isDigit(c) || (c == '.' && at + 1 < end && isDigit(text.charAt(at + 1)))) {
      number();
    } else {
      operator();
    }
  }

  private void string(int start, String prefix) {
    StringLiteral literal = StringLiteral.read(source, start, prefix, end);
    tokens.add(literal.token());
    at = literal.end();
  }

  private void number() {
    int start = at;
    while (at < end && (isNamePart(text.codePointAt(at)) || text.charAt(at) == '.')) {
      at += Character.charCount(text.codePointAt(at));
    }
    tokens.add(NumberLiteral.token(text.substring(start, at), position(start)));
  }

  private void operator() {
    String found =
        OPERATORS.stream()
            .filter(operator -> text.startsWith(operator, at) && at + operator.length() <= end)
            .findFirst()
            .orElseThrow(() -> rejected("this character has no meaning here"));
    Symbol symbol = new Symbol(found, position(at));
    if ("([{".contains(found)) {
      open(symbol);
    } else if (")]}".contains(found)) {
      close(symbol);
    }
    tokens.add(symbol);
    at += found.length();
  }

  private void open(Symbol bracket) {
    if (brackets.size() == DEEPEST_BRACKETS) {
      throw rejected("too many brackets in brackets");
    }
    brackets.push(bracket);
  }

  private void close(Symbol bracket) {
    if (brackets.isEmpty()) {
      throw rejected("\"" + bracket.text() + "\" closes nothing");
    }
    String opening = brackets.pop().text();
    if ("([{".indexOf(opening) != ")]}".indexOf(bracket.text())) {
      throw rejected("\"" + bracket.text() + "\" does not close \"" + opening + "\"");
    }
  }

  private String word() {
    int start = at;
    while (at < end && isNamePart(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return text.substring(start, at);
  }

  private void mark(String symbol) {
    tokens.add(new Symbol(symbol, position(at)));
  }

  private Position position(int offset) {
    return new Position(source, offset);
  }

  private Rejected rejected(String message) {
    return new Rejected(position(at), message);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\f';
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(int c) {
    return c == '_' || Character.isUnicodeIdentifierStart(c);
  }

  private static boolean isNamePart(int c) {
    return c == '_'
        || (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
  }
}
