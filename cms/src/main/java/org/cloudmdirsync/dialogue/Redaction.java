package org.cloudmdirsync.dialogue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes secrets out of lines before anybody sees them. What we send is redacted where it is sent;
 * this is for servers that quote it back, perhaps cut short.
 */
public final class Redaction {
  /** Stands where a secret stood. */
  public static final String MARK = "<redacted>";

  /** Shorter pieces give nothing away and would be found in innocent words. */
  private static final int SHORTEST = 12;

  /** Secrets that are shorter themselves; these go whole alone. */
  private final List<String> shorter;

  /** All that is as long as the shortest piece: longer ones consist of these. */
  private final Set<String> pieces = new HashSet<>();

  private Redaction(List<String> secrets) {
    this.shorter = secrets.stream().filter(secret -> secret.length() < SHORTEST).toList();
    for (String secret : secrets) {
      for (int at = 0; at + SHORTEST <= secret.length(); at++) {
        pieces.add(secret.substring(at, at + SHORTEST));
      }
    }
  }

  /** Nothing is secret yet. */
  public static Redaction none() {
    return new Redaction(List.of());
  }

  /**
   * Takes these out, each whole or in pieces of at least 12 characters, whatever is around them.
   */
  public static Redaction of(String... secrets) {
    return new Redaction(List.of(secrets));
  }

  /** The line without them. */
  public String apply(String line) {
    String left = line;
    for (String secret : shorter) {
      left = left.replace(secret, MARK);
    }
    StringBuilder clean = new StringBuilder();
    for (int at = 0; at < left.length(); ) {
      int end = endOfPieces(left, at);
      clean.append(end > at ? MARK : left.substring(at, at + 1));
      at = Math.max(end, at + 1);
    }
    return clean.toString();
  }

  /** Where the pieces end that begin here and overlap; here, if none does. */
  private int endOfPieces(String line, int from) {
    int end = from;
    for (int at = from; at <= end && at + SHORTEST <= line.length(); at++) {
      if (pieces.contains(line.substring(at, at + SHORTEST))) {
        end = at + SHORTEST;
      }
    }
    return end;
  }
}
