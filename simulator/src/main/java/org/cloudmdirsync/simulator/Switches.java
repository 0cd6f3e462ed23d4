package org.cloudmdirsync.simulator;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The switches' present values; any thread may read and set. */
public final class Switches {
  private final Map<Switch, Object> values = new ConcurrentHashMap<>();

  Switches() {}

  /** Sets one; IllegalArgumentException when the value has another type than the standing one. */
  public void set(Switch which, Object value) {
    if (!which.standing().getClass().equals(value.getClass())) {
      throw new IllegalArgumentException(
          which.key() + " takes a " + which.standing().getClass().getSimpleName());
    }
    values.put(which, value);
  }

  /** All of them as at the start. */
  public void reset() {
    values.clear();
  }

  boolean on(Switch which) {
    return (Boolean) value(which);
  }

  int number(Switch which) {
    return (Integer) value(which);
  }

  String text(Switch which) {
    return (String) value(which);
  }

  /** Sets by names, as the admin interface does. */
  void set(Map<String, Object> named) {
    named.forEach((name, value) ->
        set(
            Switch.named(name).orElseThrow(() -> new IllegalArgumentException("no switch " + name)),
            value));
  }

  Map<String, Object> all() {
    return Arrays.stream(Switch.values())
        .collect(
            Collectors.toMap(Switch::key, this::value, (a, _) -> a, java.util.LinkedHashMap::new));
  }

  private Object value(Switch which) {
    return values.getOrDefault(which, which.standing());
  }

  /** The certificate a switch names; unknown words mean the good one. */
  CertificateKind certificate(Switch which) {
    Function<CertificateKind, String> word =
        kind -> kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    return Arrays.stream(CertificateKind.values())
        .filter(kind -> word.apply(kind).equals(text(which)))
        .findFirst()
        .orElse(CertificateKind.GOOD);
  }
}
