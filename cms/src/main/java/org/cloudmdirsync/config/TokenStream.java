package org.cloudmdirsync.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudmdirsync.config.Token.Symbol;

/** The tokens, read one after the other, with one of look-ahead. */
final class TokenStream {
  /** What Python has and a configuration has not, and what to write instead. */
  private static final Map<String, String> UNSUPPORTED =
      Map.ofEntries(
          Map.entry("import", "nothing can be loaded, and nothing needs to be"),
          Map.entry("from", "nothing can be loaded, and nothing needs to be"),
          Map.entry("while", "use \"for\" over a list or a range"),
          Map.entry("lambda", "use \"def\""),
          Map.entry("break", "put the loop into a function, and return"),
          Map.entry("continue", "put the rest into an \"if\""),
          Map.entry("global", "return the value instead"),
          Map.entry("nonlocal", "return the value instead"),
          Map.entry(":=", "assign on a line of its own"),
          Map.entry("->", "leave out the annotation"),
          Map.entry("/", "use \"//\" for whole numbers"),
          Map.entry("**", "write the number, or multiply"),
          Map.entry("<<", "write the number, or multiply"),
          Map.entry(">>", "write the number, or divide by \"//\""));

  /** Nor has it these, and there is nothing to write instead. */
  private static final Set<String> MISSING =
      Set.of(
          "class try except finally raise assert with as del yield async await @ ... ^ ~"
              .split(" "));

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
    if (peek() instanceof Token.Name(String text, Position _)) {
      take();
      return text;
    }
    throw unexpected("expected a name, found ");
  }

  /** An error about the next token. */
  Rejected unexpected(String lead) {
    if (peek() instanceof Symbol(String text, Position _)
        && (UNSUPPORTED.containsKey(text) || MISSING.contains(text))) {
      return unsupported(quoted(text), UNSUPPORTED.getOrDefault(text, ""));
    }
    return new Rejected(position(), lead + described());
  }

  /**
   * An error at the next token.
   *
   * @param what is not supported
   * @param instead what to write; may be empty
   */
  Rejected unsupported(String what, String instead) {
    return new Rejected(
        position(),
        what
            + " is not supported in a configuration file"
            + (instead.isEmpty() ? "" : "; " + instead));
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
      case Symbol.NEWLINE, Symbol.END, Symbol.DEDENT -> "the " + symbol;
      case Symbol.INDENT -> "an indented line";
      default -> "\"" + symbol + "\"";
    };
  }
}
