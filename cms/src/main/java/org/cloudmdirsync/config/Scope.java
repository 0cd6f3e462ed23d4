package org.cloudmdirsync.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Names and what they stand for: a function's own, around them the file's, around them ours. */
final class Scope {
  private final Optional<Scope> around;
  private final Set<String> own;
  private final Map<String, Value> values = new LinkedHashMap<>();

  private Scope(Optional<Scope> around, Set<String> own) {
    this.around = around;
    this.own = own;
  }

  /** Our names. */
  static Scope of(Map<String, Value> values) {
    Scope scope = new Scope(Optional.empty(), Set.of());
    scope.values.putAll(values);
    return scope;
  }

  /** A file's names: whatever it assigns. */
  Scope file() {
    return new Scope(Optional.of(this), Set.of());
  }

  /** A function's names: those it assigns anywhere, its own even before that. */
  Scope function(Set<String> names) {
    return new Scope(Optional.of(this), names);
  }

  void set(String name, Value value) {
    values.put(name, value);
  }

  Value get(String name) {
    return found(name)
        .orElseThrow(() ->
            new Rejected(
                Builtins.isUnsupported(name)
                    ? "\"" + name + "\" is not supported in a configuration file"
                    : "\"" + name + "\" is not defined" + Suggestion.of(name, names())));
  }

  private Optional<Value> found(String name) {
    if (values.containsKey(name)) {
      return Optional.ofNullable(values.get(name));
    } else if (own.contains(name)) {
      throw new Rejected("\"" + name + "\" is used before it is given a value");
    }
    return around.flatMap(scope -> scope.found(name));
  }

  /** What this scope itself holds. */
  Map<String, Value> values() {
    return values;
  }

  private Set<String> names() {
    Set<String> names = new TreeSet<>(values.keySet());
    around.ifPresent(scope -> names.addAll(scope.names()));
    return names;
  }
}
