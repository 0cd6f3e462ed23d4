package org.cloudmdirsync.oauth;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of a URI's query, form-decoded (RFC 6749 appendix B); damaged ones left out. */
final class QueryParameters {
  private final Map<String, List<String>> values = new HashMap<>();

  private QueryParameters() {}

  static QueryParameters of(URI uri) {
    QueryParameters query = new QueryParameters();
    for (String pair : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&")) {
      query.add(pair);
    }
    return query;
  }

  /** RFC 6749 section 3.1: a parameter without a value counts as absent. */
  Optional<String> single(String name) {
    return values.getOrDefault(name, List.of()).stream().filter(it -> !it.isEmpty()).findFirst();
  }

  boolean repeats(String name) {
    return values.getOrDefault(name, List.of()).size() > 1;
  }

  private void add(String pair) {
    String[] parts = pair.split("=", 2);
    if (parts.length == 2) {
      Optional<String> value = decoded(parts[1]);
      decoded(parts[0])
          .ifPresent(name ->
              value.ifPresent(it -> values.computeIfAbsent(name, _ -> new ArrayList<>()).add(it)));
    }
  }

  private static Optional<String> decoded(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
