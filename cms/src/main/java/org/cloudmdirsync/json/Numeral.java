package org.cloudmdirsync.json;

/** A number with a fraction or an exponent, or too long for a long: it prints as it was written. */
final class Numeral extends Number {
  private static final long serialVersionUID = 1;

  private final String text;

  private Numeral(String text) {
    this.text = text;
  }

  static Number of(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return new Numeral(text);
    }
  }

  @Override
  public double doubleValue() {
    return Double.parseDouble(text);
  }

  @Override
  public float floatValue() {
    return (float) doubleValue();
  }

  @Override
  public long longValue() {
    return (long) doubleValue();
  }

  @Override
  public int intValue() {
    return (int) doubleValue();
  }

  @Override
  public String toString() {
    return text;
  }
}
