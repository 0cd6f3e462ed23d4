package org.cloudmdirsync.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The status and the fields of an answer (RFC 9110 sections 5 and 15).
 *
 * @param fields by name in lower case; the values of each in their order
 */
record Head(int status, Map<String, List<String>> fields) {

  /** The values of a field, none if it is missing. */
  List<String> all(String name) {
    return fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /** The first value of a field. */
  Optional<String> first(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  /** Whether more heads follow, since this one only says that the request was understood. */
  boolean interim() {
    return status / 100 == 1;
  }

  /** RFC 9112 section 6.3: these have no body, whatever they say of its length. */
  boolean bodiless() {
    return status == 204 || status == 304;
  }
}
