package org.cloudmdirsync.dbus;

import java.util.ArrayList;
import java.util.List;

/** The signatures of types (D-Bus specification, Type system). */
final class Signature {
  private Signature() {}

  /** The complete types in a row of them. */
  static List<String> types(String signature) {
    List<String> types = new ArrayList<>();
    int start = 0;
    while (start < signature.length()) {
      int end = end(signature, start);
      types.add(signature.substring(start, end));
      start = end;
    }
    return types;
  }

  /** Of a struct's or a dictionary entry's signature what is between its brackets. */
  static List<String> members(String type) {
    return types(type.substring(1, type.length() - 1));
  }

  static int alignment(String type) {
    return switch (type.charAt(0)) {
      case 'y', 'g', 'v' -> 1;
      case 'n', 'q' -> 2;
      case 'b', 'i', 'u', 's', 'o', 'a' -> 4;
      case 'x', 't', 'd', '(', '{' -> 8;
      default -> throw unknown(type);
    };
  }

  static IllegalArgumentException unknown(String type) {
    return new IllegalArgumentException("no D-Bus type: " + type);
  }

  private static int end(String signature, int start) {
    return switch (signature.charAt(start)) {
      case 'a' -> end(signature, start + 1);
      case '(' -> closing(signature, start, ')');
      case '{' -> closing(signature, start, '}');
      default -> start + 1;
    };
  }

  private static int closing(String signature, int start, char bracket) {
    int next = start + 1;
    while (signature.charAt(next) != bracket) {
      next = end(signature, next);
    }
    if (next == start + 1) {
      throw unknown(signature);
    }
    return next + 1;
  }
}
