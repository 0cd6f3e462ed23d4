package org.cloudmdirsync.secret;

import java.io.PrintStream;

/**
 * A string that does not print itself: access tokens, refresh tokens, client secrets.
 *
 * <p>Anything that formats a value (a record's {@code toString}, a log line, an exception message)
 * sees {@code <secret>}. Only the rooms that put secrets on the wire or on disk may call {@link
 * #expose()}; the house rules hold that.
 */
public final class Secret {
  /** Of 64 characters to choose from this makes 96 bits: no two tokens end alike. */
  private static final int TAIL = 16;

  private static final int SHORTEST_TOKEN = 8;

  /** Microsoft's refresh tokens have about 2,000 characters. */
  private static final int LONGEST_TOKEN = 16_384;

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** Wraps a value; it must not be empty, since an empty secret is always somebody's mistake. */
  public static Secret of(String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a secret must not be empty");
    }
    return new Secret(value);
  }

  /** The value itself. */
  public String expose() {
    return value;
  }

  /** Prints it on a line of its own: for a person who has asked for just that. */
  public void printTo(PrintStream out) {
    out.println(value);
  }

  /**
   * Its last characters: enough to tell it from another one, too little to use it. Never more than
   * half of it.
   */
  public String tail() {
    return value.substring(value.length() - Math.min(TAIL, value.length() / 2));
  }

  /**
   * Whether it may be a token. RFC 6749, appendix A.17: visible characters and the space, which
   * nobody has been seen to use.
   */
  public boolean isToken() {
    return value.length() >= SHORTEST_TOKEN
        && value.length() <= LONGEST_TOKEN
        && value.chars().allMatch(c -> c > ' ' && c <= '~');
  }

  /** Compares in time that depends on the length alone, or at once with itself. */
  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof Secret that) || value.length() != that.value.length()) {
      return false;
    }
    int difference = 0;
    for (int i = 0; i < value.length(); i++) {
      difference |= value.charAt(i) ^ that.value.charAt(i);
    }
    return difference == 0;
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "<secret>";
  }
}
