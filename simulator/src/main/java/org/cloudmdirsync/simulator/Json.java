package org.cloudmdirsync.simulator;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/** JSON both ways. */
final class Json {
  private Json() {}

  static String write(Object value) {
    return JSON.std.asString(value);
  }

  /** An object's members; IllegalArgumentException when the text is no JSON object. */
  static Map<String, Object> readObject(String text) {
    try {
      return JSON.std.mapFrom(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a JSON object", e);
    }
  }
}
