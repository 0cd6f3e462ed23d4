package org.cloudmdirsync.config;

import java.util.List;

/**
 * A value that was given to something, with its place for an error.
 *
 * @param name of the parameter or attribute
 */
record Located(String name, Value value, Position position) {

  String text() {
    if (value instanceof Value.Text(String text)) {
      return text;
    }
    throw wrong("a string");
  }

  /** A string with something in it. */
  String filledText() {
    String text = text();
    if (text.isBlank()) {
      throw rejected("must not be empty");
    }
    return text;
  }

  boolean flag() {
    if (value instanceof Value.Bool flag) {
      return flag.value();
    }
    throw wrong("True or False");
  }

  long number() {
    if (value instanceof Value.Int(long number)) {
      return number;
    }
    throw wrong("a number");
  }

  /** The items of a list or a tuple, each with the place of the whole. */
  List<Located> items() {
    List<Value> items =
        switch (value) {
          case Value.Sequence list -> list.items();
          case Value.Tuple(List<Value> tuple) -> tuple;
          case Value _ -> throw wrong("a list, in square brackets");
        };
    return items.stream()
        .map(item -> new Located("each of \"" + name + "\"", item, position))
        .toList();
  }

  /** An error about a value of the wrong kind. */
  Rejected wrong(String wanted) {
    return rejected("must be " + wanted + ", not " + value.kind());
  }

  /** An error about this value: its name and what it must be. */
  Rejected rejected(String what) {
    String subject = name.startsWith("each of") ? name : "\"" + name + "\"";
    return new Rejected(position, subject + " " + what);
  }
}
