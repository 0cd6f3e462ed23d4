package org.cloudmdirsync.config;

import java.util.List;
import java.util.Map;
import org.cloudmdirsync.config.Token.Symbol;

/** The tokens, read one after the other, with one of look-ahead. */
final class TokenStream {
  /** What Python has and a configuration does not. */
  private static final Map<String, String> UNSUPPORTED =
      Map.ofEntries(
          Map.entry("import", "; nothing can be loaded, and nothing needs to be"),
          Map.entry("from", "; nothing can be loaded, and nothing needs to be"),
          Map.entry("while", "; use \"for\" over a list or a range"),
          Map.entry("lambda", "; use \"def\""),
          Map.entry("class", ""),
          Map.entry("try", ""),
          Map.entry("except", ""),
          Map.entry("finally", ""),
          Map.entry("raise", ""),
          Map.entry("assert", ""),
          Map.entry("with", ""),
          Map.entry("as", ""),
          Map.entry("del", ""),
          Map.entry("global", "; return the value instead"),
          Map.entry("nonlocal", "; return the value instead"),
          Map.entry("yield", ""),
          Map.entry("async", ""),
          Map.entry("await", ""),
          Map.entry("@", ""),
          Map.entry(":=", "; assign on a line of its own"),
          Map.entry("->", "; leave out the annotation"),
          Map.entry("...", ""));

  private final List<Token> tokens;
  private int next;

  TokenStream(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(next);
  }

  Position position() {
    return peek().position();
  }

  /** The next token, which is no longer the next; the mark at the end stays. */
  Token take() {
    Token token = peek();
    if (next < tokens.size() - 1) {
      next++;
    }
    return token;
  }

  boolean at(String symbol) {
    return peek() instanceof Symbol(String text, Position _) && text.equals(symbol);
  }

  /** Whether the symbol was next; then it is consumed. */
  boolean accept(String symbol) {
    boolean found = at(symbol);
    if (found) {
      take();
    }
    return found;
  }

  void expect(String symbol) {
    if (!accept(symbol)) {
      throw unexpected("expected " + quoted(symbol) + ", found ");
    }
  }

  String expectName() {
    if (take(Token.Name.class) instanceof Token.Name(String text, Position _)) {
      return text;
    }
    throw unexpected("expected a name, found ");
  }

  private Object take(Class<? extends Token> kind) {
    return kind.isInstance(peek()) ? take() : this;
  }

  /** An error about the next token. */
  Rejected unexpected(String lead) {
    if (peek() instanceof Symbol(String text, Position position) && UNSUPPORTED.containsKey(text)) {
      return new Rejected(
          position,
          quoted(text) + " is not supported in a configuration file" + UNSUPPORTED.get(text));
    }
    return new Rejected(position(), lead + described());
  }

  private String described() {
    return switch (peek()) {
      case Token.Name name -> "\"" + name.text() + "\"";
      case Token.Numeral number -> "the number " + number.value();
      case Token.Text _, Token.Template _ -> "a string";
      case Symbol symbol -> quoted(symbol.text());
    };
  }

  private static String quoted(String symbol) {
    return switch (symbol) {
      case Symbol.NEWLINE, Symbol.END -> "the " + symbol;
      case Symbol.INDENT -> "an indented line";
      case Symbol.DEDENT -> "the " + symbol;
      default -> "\"" + symbol + "\"";
    };
  }
}
