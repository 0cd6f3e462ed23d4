package org.cloudmdirsync.dialogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What servers' refusals mean: a table in a resource, one paragraph each, the first match counts.
 *
 * <pre>
 * match: a regular expression, looked for in the server's words whatever their case
 * kind: a {@link Explanation.Kind} in lower case
 * means: a sentence
 * do: a sentence
 * </pre>
 *
 * Lines that begin with a blank continue the line before; lines that begin with # are comments.
 */
public final class Explanations {
  private final List<Row> rows;

  private record Row(Pattern match, Explanation explanation) {}

  private Explanations(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  /** Reads the table that lies beside a class. A faulty table is a bug, and found by its test. */
  public static Explanations beside(Class<?> owner, String name) {
    try (InputStream table = owner.getResourceAsStream(name)) {
      if (table == null) {
        throw new IllegalStateException(name + " is not beside " + owner);
      }
      return parse(new String(table.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Explanations parse(String table) {
    List<Row> rows = new ArrayList<>();
    for (String paragraph : table.replaceAll("(?m)^#.*\n", "").strip().split("\n{2,}")) {
      rows.add(row(paragraph.replaceAll("\n[ \t]+", " ")));
    }
    return new Explanations(rows);
  }

  private static Row row(String paragraph) {
    Map<String, String> fields = new HashMap<>();
    paragraph
        .lines()
        .forEach(
            line -> fields.put(line.replaceFirst(":.*", ""), line.replaceFirst("^[a-z]+: *", "")));
    return new Row(
        Pattern.compile(field(fields, "match"), Pattern.CASE_INSENSITIVE),
        new Explanation(
            Explanation.Kind.valueOf(field(fields, "kind").toUpperCase(java.util.Locale.ROOT)),
            field(fields, "means"),
            field(fields, "do")));
  }

  private static String field(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no \"" + name + ":\" in " + fields);
    }
    return value;
  }

  /** The explanation of a server's words. */
  public Optional<Explanation> of(String said) {
    return rows.stream()
        .filter(row -> row.match().matcher(said).find())
        .map(Row::explanation)
        .findFirst();
  }
}
