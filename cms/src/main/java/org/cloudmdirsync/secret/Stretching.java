package org.cloudmdirsync.secret;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a passphrase becomes a key: Argon2id (RFC 9106), which costs who guesses as much memory as it
 * costs us.
 *
 * @param memory in KiB
 * @param passes over it
 * @param salt at least 16 bytes, in Base64
 */
record Stretching(int memory, int passes, String salt) {
  private static final String NAME = "argon2id";
  private static final Pattern COSTS = Pattern.compile("m=([0-9]{1,8}),t=([0-9]{1,4}),p=1");

  /** 32 MiB: half of the heap the daemon is given; four passes take half a second. */
  private static final int MEMORY_KIB = 32 * 1024;

  private static final int PASSES = 4;

  /** What the heap bears; a file that asks for more was not written by us. */
  private static final int MOST_MEMORY_KIB = 40 * 1024;

  private static final int MOST_PASSES = 1000;
  private static final int SALT_BYTES = 16;

  Stretching {
    if (memory < 8 || memory > MOST_MEMORY_KIB || passes < 1 || passes > MOST_PASSES) {
      throw new IllegalArgumentException("unusual costs: " + memory + ", " + passes);
    }
    if (Base64.getDecoder().decode(salt).length < SALT_BYTES) {
      throw new IllegalArgumentException("a short salt");
    }
  }

  /** Today's costs, and a salt that nobody has used. */
  static Stretching fresh(SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new Stretching(MEMORY_KIB, PASSES, Base64.getEncoder().encodeToString(salt));
  }

  /**
   * As {@link #parameters} gives them.
   *
   * @throws IllegalArgumentException when they are others
   */
  static Stretching of(List<String> parameters) {
    Matcher costs = parameters.size() == 3 ? COSTS.matcher(parameters.get(1)) : null;
    if (costs == null || !costs.matches() || !parameters.getFirst().equals(NAME)) {
      throw new IllegalArgumentException("not " + NAME);
    }
    return new Stretching(
        Integer.parseInt(costs.group(1)), Integer.parseInt(costs.group(2)), parameters.get(2));
  }

  List<String> parameters() {
    return List.of(NAME, "m=" + memory + ",t=" + passes + ",p=1", salt);
  }

  byte[] stretch(Secret passphrase) {
    // The library logs through SLF4J, which complains on standard error when nobody listens.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    return Argon2Function.getInstance(memory, passes, 1, Seal.KEY_BYTES, Argon2.ID)
        .hash(
            passphrase.expose().getBytes(StandardCharsets.UTF_8), Base64.getDecoder().decode(salt))
        .getBytes();
  }
}
