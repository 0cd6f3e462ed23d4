package org.cloudmdirsync.oauth;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What servers' error codes mean, from {@code errors.txt}: the {@code error} members of RFC 6749
 * and its relatives, and the numbers that Microsoft prints after AADSTS.
 */
final class ErrorTable {

  /**
   * One line of it.
   *
   * @param remedy who can help; empty when it passes by itself
   * @param words what it means and what to do
   */
  record Entry(Optional<TokenResponse.Remedy> remedy, String words) {}

  /** In the place of a remedy: the error passes by itself. */
  private static final String PASSING = "PASSING";

  private static final Map<String, Entry> ENTRIES = read();

  private ErrorTable() {}

  /** An {@code error} member, in any case: some servers shout. */
  static Optional<Entry> error(String error) {
    return Optional.ofNullable(ENTRIES.get(error.toLowerCase(Locale.ROOT)));
  }

  /** Microsoft's numbers, the first one we know. */
  static Optional<Entry> code(List<String> codes) {
    return codes.stream()
        .flatMap(code -> Optional.ofNullable(ENTRIES.get(code)).stream())
        .findFirst();
  }

  /** All of them. */
  static Collection<Entry> entries() {
    return ENTRIES.values();
  }

  private static Map<String, Entry> read() {
    Map<String, Entry> entries = new HashMap<>();
    try (InputStream in = ErrorTable.class.getResourceAsStream("errors.txt")) {
      if (in == null) {
        throw new IllegalStateException("errors.txt is missing");
      }
      new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> add(entries, line.strip().split("\\s+", 3)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(entries);
  }

  private static void add(Map<String, Entry> entries, String[] columns) {
    Entry entry =
        new Entry(
            Optional.of(columns[1])
                .filter(remedy -> !remedy.equals(PASSING))
                .map(TokenResponse.Remedy::valueOf),
            columns[2]);
    for (String key : columns[0].split(",")) {
      if (entries.put(key, entry) != null) {
        throw new IllegalStateException("errors.txt has " + key + " twice");
      }
    }
  }
}
