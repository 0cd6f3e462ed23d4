package org.cloudmdirsync.audit;

/** Prometheus' text exposition format 0.0.4: a family's head, then its samples. */
final class MetricsText {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder out = new StringBuilder();
  private String family = "";

  /** Begins a family that only grows. */
  void counter(String name, String help) {
    head(name, help, "counter");
  }

  /** Begins a family of present values. */
  void gauge(String name, String help) {
    head(name, help, "gauge");
  }

  private void head(String name, String help, String type) {
    family = name;
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  /**
   * One value of the family begun last.
   *
   * @param labels names and values in turn
   */
  void sample(long value, String... labels) {
    out.append(family);
    for (int i = 0; i < labels.length; i += 2) {
      out.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
      out.append(escaped(labels[i + 1])).append('"');
    }
    out.append(labels.length == 0 ? " " : "} ").append(value).append('\n');
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
