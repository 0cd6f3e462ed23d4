package org.cloudmdirsync.config;

import java.util.regex.Pattern;

/** Whole numbers: decimal, {@code 0x}, {@code 0o}, with underscores between digits. */
final class NumberLiteral {
  private static final Pattern DECIMAL = Pattern.compile("0(_?0)*|[1-9](_?[0-9])*");
  private static final Pattern HEXADECIMAL = Pattern.compile("0[xX](_?[0-9a-fA-F])+");
  private static final Pattern OCTAL = Pattern.compile("0[oO](_?[0-7])+");
  private static final Pattern LEADING_ZERO = Pattern.compile("0[0-9_]*");

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
    } else if (LEADING_ZERO.matcher(word).matches()) {
      String digits = word.replaceFirst("^[0_]+", "");
      throw new Rejected(
          position, "a number must not begin with 0; did you mean 0o" + digits + " (octal)?");
    }
    throw new Rejected(
        position,
        "\"" + word + "\" is not supported; only whole numbers are, such as 8080, 0o600, 0xff");
  }

  private static long parse(String word, int prefix, int radix, Position position) {
    try {
      return Long.parseLong(word.substring(prefix).replace("_", ""), radix);
    } catch (NumberFormatException tooLarge) {
      throw new Rejected(position, "the number is too large (64 bits at most)");
    }
  }
}
