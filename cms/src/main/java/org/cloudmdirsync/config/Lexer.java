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
          "False",
          "None",
          "True",
          "and",
          "as",
          "assert",
          "async",
          "await",
          "break",
          "class",
          "continue",
          "def",
          "del",
          "elif",
          "else",
          "except",
          "finally",
          "for",
          "from",
          "global",
          "if",
          "import",
          "in",
          "is",
          "lambda",
          "nonlocal",
          "not",
          "or",
          "pass",
          "raise",
          "return",
          "try",
          "while",
          "with",
          "yield");

  /** Longest first, so that the first that fits is the right one. */
  private static final List<String> OPERATORS =
      List.of(
          "**=", "//=", ">>=", "<<=", "...", "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->",
          "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", ":=", "+", "-", "*", "/", "%", "@",
          "&", "|", "^", "~", "<", ">", "(", ")", "[", "]", "{", "}", ",", ":", ".", ";", "=");

  private final Source source;
  private final String text;
  private final int end;
  private final boolean nested;
  private final List<Token> tokens = new ArrayList<>();
  private final Deque<Symbol> brackets = new ArrayDeque<>();
  private final Deque<Indentation> indentations = new ArrayDeque<>();
  private int at;

  /** Tabs count to the next multiple of eight, and once more as one: both must agree. */
  private record Indentation(int wide, int narrow) {}

  private Lexer(Source source, int start, int end, boolean nested) {
    this.source = source;
    this.text = source.text();
    this.at = start;
    this.end = end;
    this.nested = nested;
  }

  /** The tokens of a whole file. */
  static List<Token> tokens(Source source) {
    return new Lexer(source, 0, source.text().length(), false).file();
  }

  /** The tokens of the expression between two offsets, as if it stood in brackets. */
  static List<Token> expression(Source source, int start, int end) {
    return new Lexer(source, start, end, true).inBrackets();
  }

  private List<Token> file() {
    indentations.push(new Indentation(0, 0));
    while (at < end) {
      indentation();
      logicalLine();
    }
    if (!brackets.isEmpty()) {
      throw new Rejected(
          brackets.peek().position(), "\"" + brackets.peek().text() + "\" was never closed");
    }
    for (; indentations.size() > 1; indentations.pop()) {
      mark(Symbol.DEDENT);
    }
    mark(Symbol.END);
    return tokens;
  }

  private List<Token> inBrackets() {
    logicalLine();
    if (!brackets.isEmpty()) {
      throw new Rejected(
          brackets.peek().position(), "\"" + brackets.peek().text() + "\" was never closed");
    }
    mark(Symbol.END);
    return tokens;
  }

  /** Reads the blanks at the start of a line; a line with nothing else does not count. */
  private void indentation() {
    int wide = 0;
    int narrow = 0;
    for (; at < end && isBlank(text.charAt(at)); at++) {
      char blank = text.charAt(at);
      wide = blank == '\t' ? (wide / 8 + 1) * 8 : blank == '\f' ? 0 : wide + 1;
      narrow = blank == '\f' ? 0 : narrow + 1;
    }
    if (at < end && text.charAt(at) != '\n' && text.charAt(at) != '#') {
      change(new Indentation(wide, narrow));
    }
  }

  private void change(Indentation now) {
    if (now.wide > current().wide) {
      agree(now.narrow > current().narrow);
      if (indentations.size() == DEEPEST_INDENTATION) {
        throw rejected("too many levels of indentation");
      }
      indentations.push(now);
      mark(Symbol.INDENT);
      return;
    }
    while (now.wide < current().wide) {
      indentations.pop();
      mark(Symbol.DEDENT);
    }
    if (now.wide != current().wide) {
      throw rejected("this indentation matches no earlier line");
    }
    agree(now.narrow == current().narrow);
  }

  private Indentation current() {
    return indentations.getFirst();
  }

  private void agree(boolean consistent) {
    if (!consistent) {
      throw rejected("tabs and spaces are mixed in the indentation; use one of them");
    }
  }

  /** Up to the line end that is in no bracket and not escaped. */
  private void logicalLine() {
    int first = tokens.size();
    while (at < end) {
      char c = text.charAt(at);
      if (c == '\n' && brackets.isEmpty() && !nested) {
        if (tokens.size() > first) {
          mark(Symbol.NEWLINE);
        }
        at++;
        return;
      }
      if (isBlank(c) || c == '\n') {
        at++;
      } else if (c == '#') {
        comment();
      } else if (c == '\\') {
        continuation();
      } else {
        token(c);
      }
    }
    if (tokens.size() > first && !nested) {
      mark(Symbol.NEWLINE);
    }
  }

  private void comment() {
    int newline = text.indexOf('\n', at);
    at = newline < 0 || newline > end ? end : newline;
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
