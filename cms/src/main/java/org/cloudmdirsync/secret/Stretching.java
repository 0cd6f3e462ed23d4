package org.cloudmdirsync.secret;

import com.password4j.ScryptFunction;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a passphrase becomes a key: scrypt (RFC 7914), which costs who guesses as much memory as it
 * costs us. The library's Argon2 keeps its memory for ever, and needs it twice.
 *
 * @param n the cost; with {@code r} of 8 it is KiB of memory
 * @param p how often one after the other
 * @param salt at least 16 bytes, in Base64
 */
record Stretching(int n, int p, String salt) {
  private static final String NAME = "scrypt";
  private static final Pattern COSTS = Pattern.compile("n=([0-9]{1,8}),r=8,p=([0-9]{1,3})");
  private static final int BLOCK_SIZE = 8;

  /** 32 MiB: half of the heap the daemon is given, and what it bears; so there is no more. */
  private static final int COST = 32 * 1024;

  /** As long again as the memory is too small: half a second. */
  private static final int ROUNDS = 3;

  private static final int SALT_BYTES = 16;

  Stretching {
    if (n < 2 || n > COST || Integer.bitCount(n) != 1 || p < 1) {
      throw new IllegalArgumentException("unusual costs: " + n + ", " + p);
    }
    if (Base64.getDecoder().decode(salt).length < SALT_BYTES) {
      throw new IllegalArgumentException("a short salt");
    }
  }

  /** Today's costs, and a salt that nobody has used. */
  static Stretching fresh(SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new Stretching(COST, ROUNDS, Base64.getEncoder().encodeToString(salt));
  }

  /**
   * As {@link #parameters} gives them.
   *
   * @throws IllegalArgumentException when they are others
   */
  static Stretching of(List<String> parameters) {
    Matcher costs = COSTS.matcher(parameters.size() == 3 ? parameters.get(1) : "");
    if (!costs.matches() || !parameters.getFirst().equals(NAME)) {
      throw new IllegalArgumentException("not " + NAME);
    }
    return new Stretching(
        Integer.parseInt(costs.group(1)), Integer.parseInt(costs.group(2)), parameters.get(2));
  }

  List<String> parameters() {
    return List.of(NAME, "n=" + n + ",r=" + BLOCK_SIZE + ",p=" + p, salt);
  }

  byte[] stretch(Secret passphrase) {
    // The library logs through SLF4J, which complains on standard error when nobody listens.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    byte[] key =
        ScryptFunction.getInstance(n, BLOCK_SIZE, p, Seal.KEY_BYTES)
            .hash(
                passphrase.expose().getBytes(StandardCharsets.UTF_8),
                Base64.getDecoder().decode(salt))
            .getBytes();
    // Else the daemon keeps these 32 MiB for the rest of its life.
    System.gc();
    return key;
  }
}
