package org.cloudmdirsync.simulator;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code application/x-www-form-urlencoded}: a query string or the body of a POST. */
record Form(Map<String, List<String>> values) {
  static final Form EMPTY = new Form(Map.of());

  /** Throws IllegalArgumentException for a broken percent escape. */
  static Form parse(String text) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (!value.isEmpty()) { // RFC 6749 section 3.1: without a value means absent
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
      }
    }
    return new Form(values);
  }

  static String encode(Map<String, String> values) {
    return values.entrySet().stream()
        .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  Optional<String> get(String name) {
    return all(name).stream().findFirst();
  }

  String text(String name) {
    return get(name).orElse("");
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** A parameter that is a list of words, such as {@code scope}. */
  List<String> words(String name) {
    return get(name).map(text -> List.of(text.trim().split("\\s+"))).orElse(List.of());
  }

  /** Whether a parameter other than these came twice, which RFC 6749 section 3.2 forbids. */
  boolean repeatsBeside(Set<String> others) {
    return values.entrySet().stream()
        .anyMatch(entry -> entry.getValue().size() > 1 && !others.contains(entry.getKey()));
  }
}
