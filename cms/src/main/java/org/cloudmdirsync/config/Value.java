package org.cloudmdirsync.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of the configuration language.
 *
 * <p>Compare with {@link Operators}, never with {@code equals}: True equals 1, and a list may hold
 * itself.
 */
sealed interface Value {

  /** For people: "a string", "a number". */
  default String kind() {
    return switch (this) {
      case None _ -> "None";
      case Bool _ -> "True or False";
      case Int _ -> "a number";
      case Text _ -> "a string";
      case Tuple _ -> "a tuple";
      case Sequence _ -> "a list";
      case Dict _ -> "a dict";
      case Function _, Builtin _ -> "a function";
      case Entity entity -> entity.title();
    };
  }

  /** Python's truth: nothing and whatever is empty or zero is false. */
  default boolean isTrue() {
    return switch (this) {
      case None _ -> false;
      case Bool bool -> bool.value;
      case Int number -> number.value != 0;
      case Text text -> !text.value.isEmpty();
      case Tuple tuple -> !tuple.items.isEmpty();
      case Sequence list -> !list.items.isEmpty();
      case Dict dict -> !dict.entries.isEmpty();
      case Function _, Builtin _, Entity _ -> true;
    };
  }

  /** {@code None}. */
  enum None implements Value {
    NONE
  }

  /** {@code True} and {@code False}. */
  enum Bool implements Value {
    FALSE(false),
    TRUE(true);

    private final boolean value;

    Bool(boolean value) {
      this.value = value;
    }

    static Bool of(boolean value) {
      return value ? TRUE : FALSE;
    }

    boolean value() {
      return value;
    }
  }

  /** A whole number; Python's have no limit, ours have 64 bits. */
  record Int(long value) implements Value {}

  /** A string. */
  record Text(String value) implements Value {}

  /** A tuple. */
  record Tuple(List<Value> items) implements Value {
    public Tuple {
      items = List.copyOf(items);
    }
  }

  /** A list. */
  final class Sequence implements Value {
    private final List<Value> items;

    Sequence(Collection<? extends Value> items) {
      this.items = new ArrayList<>(items);
    }

    /** Changes to it change the list. */
    List<Value> items() {
      return items;
    }
  }

  /** A dict, in the order of insertion; Python's keys may be anything, ours are strings. */
  final class Dict implements Value {
    private final Map<String, Value> entries = new LinkedHashMap<>();

    /** Changes to it change the dict. */
    Map<String, Value> entries() {
      return entries;
    }
  }

  /** A function of the configuration. */
  record Function(Statement.Define definition, Map<String, Value> defaults, Scope scope)
      implements Value {}

  /** A function of ours. */
  record Builtin(String name, Body body) implements Value {

    /** What it does. */
    @FunctionalInterface
    interface Body {
      Value call(Arguments arguments);
    }
  }

  /** A thing with attributes: {@code cfg}, an account, a mailbox. */
  final class Entity implements Value {
    private final String title;
    private final Map<String, Check> checks;
    private final Map<String, Value> values = new LinkedHashMap<>();

    /** Refuses, by {@link Rejected}, a value that the attribute cannot take. */
    @FunctionalInterface
    interface Check {
      void check(Located value);
    }

    /**
     * With no attributes but those that have a check.
     *
     * @param title for people, with its article: "an account"
     */
    Entity(String title, Map<String, Check> checks) {
      this.title = title;
      this.checks = Map.copyOf(checks);
    }

    String title() {
      return title;
    }

    Value get(String attribute) {
      Value value = values.get(attribute);
      if (value == null) {
        known(attribute);
        throw new Rejected("\"" + attribute + "\" has not been given a value");
      }
      return value;
    }

    void set(String attribute, Value value, Position position) {
      known(attribute).check(new Located(attribute, value, position));
      values.put(attribute, value);
    }

    /** Sets what needs no check. */
    Entity with(String attribute, Value value) {
      values.put(attribute, value);
      return this;
    }

    private Check known(String attribute) {
      Check check = checks.get(attribute);
      if (check == null) {
        throw new Rejected(
            title + " has no \"" + attribute + "\"" + Suggestion.of(attribute, checks.keySet()));
      }
      return check;
    }
  }
}
