package org.cloudmdirsync.e2e;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Random as it should be, but remembers every character that secrets are made of. */
final class RecordingDice implements RandomGenerator {
  /** Of base64url, in the order in which the simulator draws from them. */
  private static final String CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** Long enough never to be there by chance. */
  private static final int PIECE = 20;

  private final SecureRandom random = new SecureRandom();
  private final StringBuilder drawn = new StringBuilder();
  private final Set<String> pieces = new HashSet<>();

  @Override
  public long nextLong() {
    return random.nextLong();
  }

  @Override
  public synchronized int nextInt(int bound) {
    int number = random.nextInt(bound);
    if (bound == CHARACTERS.length()) {
      drawn.append(CHARACTERS.charAt(number));
      if (drawn.length() >= PIECE) {
        pieces.add(drawn.substring(drawn.length() - PIECE));
      }
    }
    return number;
  }

  /** The pieces of secrets that a text shows. */
  synchronized Set<String> piecesIn(String text) {
    Set<String> found = new HashSet<>();
    for (int end = PIECE; end <= text.length(); end++) {
      String piece = text.substring(end - PIECE, end);
      if (pieces.contains(piece)) {
        found.add(piece);
      }
    }
    return found;
  }
}
