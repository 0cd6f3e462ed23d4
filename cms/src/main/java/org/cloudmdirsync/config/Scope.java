package org.cloudmdirsync.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Names and what they stand for: a function's own, around them the file's, around them ours. */
final class Scope {
  private final Optional<Scope> around;
  private final Optional<Set<String>> own;
  private final Map<String, Value> values = new LinkedHashMap<>();

  private Scope(Optional<Scope> around, Optional<Set<String>> own) {
    this.around = around;
    this.own = own;
  }

  /** Our names. */
  static Scope of(Map<String, Value> values) {
    Scope scope = new Scope(Optional.empty(), Optional.empty());
    scope.values.putAll(values);
    return scope;
  }

  /** A file's names: whatever it assigns. */
  Scope file() {
    return new Scope(Optional.of(this), Optional.empty());
  }

  /** A function's names: those it assigns anywhere, its own even before that. */
  Scope function(Set<String> names) {
    return new Scope(Optional.of(this), Optional.of(names));
  }

  void set(String name, Value value) {
    values.put(name, value);
  }

  Value get(String name) {
    for (Optional<Scope> scope = Optional.of(this); scope.isPresent(); ) {
      Scope here = scope.get();
      Value value = here.values.get(name);
      if (value != null) {
        return value;
      } else if (here.own.isPresent() && here.own.get().contains(name)) {
        throw new Rejected("\"" + name + "\" is used before it is given a value");
      }
      scope = here.around;
    }
    throw new Rejected(
        Builtins.isUnsupported(name)
            ? "\"" + name + "\" is not supported in a configuration file"
            : "\"" + name + "\" is not defined" + Suggestion.of(name, names()));
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
