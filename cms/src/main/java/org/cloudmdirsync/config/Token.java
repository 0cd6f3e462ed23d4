package org.cloudmdirsync.config;

/** What the lexer makes of the text. */
sealed interface Token {

  Position position();

  /** An identifier that is no keyword. */
  record Name(String text, Position position) implements Token {}

  /** A whole number. */
  record Numeral(long value, Position position) implements Token {}

  /** A string literal, escapes resolved. */
  record Text(String value, Position position) implements Token {}

  /** An f-string; what is between its quotes lies between two offsets. */
  record Template(int start, int end, boolean raw, Position position) implements Token {}

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
}
