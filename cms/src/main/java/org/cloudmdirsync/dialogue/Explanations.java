package org.cloudmdirsync.dialogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What servers' refusals mean: a table, one paragraph each, the first match counts.
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
  private final List<ExplanationRow> rows;

  private Explanations(List<ExplanationRow> rows) {
    this.rows = List.copyOf(rows);
  }

  /** Explains nothing. */
  public static Explanations none() {
    return new Explanations(List.of());
  }

  /** Reads the table that lies beside a class. A faulty table is a bug, and found by its test. */
  public static Explanations beside(Class<?> owner, String name) {
    try (InputStream table = owner.getResourceAsStream(name)) {
      if (table == null) {
        throw new IllegalStateException(name + " is not beside " + owner);
      }
      return parse(name, new String(table.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a table that a user wrote.
   *
   * @throws IOException when it cannot be read or understood; the message names file and line
   */
  public static Explanations of(Path file) throws IOException {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IllegalArgumentException faulty) {
      throw new IOException(faulty.getMessage(), faulty);
    } catch (CharacterCodingException malformed) {
      throw new IOException(file + " is not UTF-8; save it as UTF-8", malformed);
    }
  }

  /**
   * Reads a table.
   *
   * @param name stands in errors, before the line
   * @throws IllegalArgumentException naming the line that is not understood
   */
  static Explanations parse(String name, String table) {
    return new Explanations(new ExplanationTable(name).read(table));
  }

  /** These, and where they say nothing those. */
  public Explanations or(Explanations others) {
    return new Explanations(Stream.concat(rows.stream(), others.rows.stream()).toList());
  }

  /** The explanation of a server's words. */
  public Optional<Explanation> of(String said) {
    return rows.stream()
        .filter(row -> row.match().matcher(said).find())
        .map(ExplanationRow::explanation)
        .findFirst();
  }
}
