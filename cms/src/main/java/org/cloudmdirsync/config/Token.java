package org.cloudmdirsync.config;

import java.util.List;

/** What the lexer makes of the text. */
sealed interface Token {

  Position position();

  /** An identifier that is no keyword. */
  record Name(String text, Position position) implements Token {}

  /** A whole number. */
  record Numeral(long value, Position position) implements Token {}

  /** A string literal, escapes resolved. */
  record Text(String value, Position position) implements Token {}

  /** An f-string. */
  record Template(List<Piece> pieces, Position position) implements Token {}

  /** A keyword, an operator, a bracket, or one of the marks below. */
  record Symbol(String text, Position position) implements Token {

    /** Ends a logical line. */
    static final String NEWLINE = "end of line";

    /** The next line is indented more than the one before. */
    static final String INDENT = "indentation";

    /** The next line is indented less. */
    static final String DEDENT = "end of the indented block";

    /** Nothing more. */
    static final String END = "end of file";
  }

  /** A part of an f-string. */
  sealed interface Piece {

    /** Text that stands for itself. */
    record Plain(String text) implements Piece {}

    /**
     * A field in braces.
     *
     * @param tokens of its expression, with {@link Symbol#END} at the end
     * @param conversion {@code s}, {@code r}, or empty
     * @param format what stands after the colon, or empty
     */
    record Field(List<Token> tokens, String conversion, String format, Position position)
        implements Piece {}
  }
}
