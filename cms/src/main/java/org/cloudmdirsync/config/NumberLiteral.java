package org.cloudmdirsync.config;

import java.util.regex.Pattern;

/** Whole numbers: decimal, {@code 0x}, {@code 0o}, {@code 0b}, with underscores between digits. */
final class NumberLiteral {
  private static final Pattern DECIMAL = Pattern.compile("0(_?0)*|[1-9](_?[0-9])*");
  private static final Pattern HEXADECIMAL = Pattern.compile("0[xX](_?[0-9a-fA-F])+");
  private static final Pattern OCTAL = Pattern.compile("0[oO](_?[0-7])+");
  private static final Pattern BINARY = Pattern.compile("0[bB](_?[01])+");
  private static final Pattern LEADING_ZERO = Pattern.compile("0[0-9_]*");
  private static final Pattern REAL =
      Pattern.compile("[0-9_]*\\.[0-9_]*([eE][0-9_]*)?[jJ]?|[0-9_]+([eE][0-9_]*)?[jJ]?");

  private NumberLiteral() {}

  static Token.Numeral token(String word, Position position) {
    return new Token.Numeral(value(word, position), position);
  }

  private static long value(String word, Position position) {
    if (DECIMAL.matcher(word).matches()) {
      return parse(word, 0, 10, position);
    } else if (HEXADECIMAL.matcher(word).matches()) {
      return parse(word, 2, 16, position);
    } else if (OCTAL.matcher(word).matches()) {
      return parse(word, 2, 8, position);
    } else if (BINARY.matcher(word).matches()) {
      return parse(word, 2, 2, position);
    } else if (LEADING_ZERO.matcher(word).matches()) {
      String digits = word.replaceFirst("^[0_]+", "");
      throw new Rejected(
          position, "a number must not begin with 0; did you mean 0o" + digits + " (octal)?");
    } else if (REAL.matcher(word).matches()) {
      throw new Rejected(
          position, "only whole numbers are supported in a configuration file, not " + word);
    }
    throw new Rejected(position, "\"" + word + "\" is not a number");
  }

  private static long parse(String word, int prefix, int radix, Position position) {
    try {
      return Long.parseLong(word.substring(prefix).replace("_", ""), radix);
    } catch (NumberFormatException tooLarge) {
      throw new Rejected(position, "the number is too large (64 bits at most)");
    }
  }
}
