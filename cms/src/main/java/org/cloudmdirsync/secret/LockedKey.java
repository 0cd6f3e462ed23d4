package org.cloudmdirsync.secret;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The file {@code key} where it does not hold the key itself: a sealed copy of it, and how to come
 * by what opens that.
 *
 * <p>Three lines: {@code cms-key 1}, which is the version; the place and its parameters; the sealed
 * key in Base64. The first two are authenticated with the third.
 *
 * @param place where that rests what opens it
 * @param parameters as the place wants them
 * @param sealed the sealed key
 */
record LockedKey(KeyPlace place, List<String> parameters, Base64Bytes sealed) {
  private static final String MAGIC = "cms-key ";
  private static final String VERSION = "1";

  /** Bytes, so that a record of them compares. */
  record Base64Bytes(String text) {
    static Base64Bytes of(byte[] bytes) {
      return new Base64Bytes(Base64.getEncoder().encodeToString(bytes));
    }

    Base64Bytes {
      if (!Base64.getEncoder().encodeToString(Base64.getDecoder().decode(text)).equals(text)) {
        throw new IllegalArgumentException("not as Base64 is written");
      }
    }

    byte[] decoded() {
      return Base64.getDecoder().decode(text);
    }
  }

  static LockedKey of(KeyPlace place, List<String> parameters, byte[] opener, byte[] key) {
    byte[] sealed = new Seal(opener).seal(header(place, parameters), key);
    return new LockedKey(place, parameters, Base64Bytes.of(sealed));
  }

  /** Empty when this is not what opens it. */
  Optional<byte[]> open(byte[] opener) {
    return new Seal(opener).unseal(header(place, parameters), sealed.decoded());
  }

  byte[] encode() {
    return (header(place, parameters) + sealed.text() + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static String header(KeyPlace place, List<String> parameters) {
    String words =
        switch (place) {
          case KeyPlace.SecretService _ -> "secret-service";
          case KeyPlace.SystemdCredential(String name) -> "systemd-credential " + name;
          case KeyPlace.Passphrase _ -> "passphrase";
          case KeyPlace.KeyFile _ -> throw new IllegalArgumentException("that one is not sealed");
        };
    String line = parameters.isEmpty() ? words : words + " " + String.join(" ", parameters);
    return MAGIC + VERSION + "\n" + line + "\n";
  }

  /** Whether the file is of this kind at all, whatever its version. */
  static boolean is(byte[] content) {
    return text(content).startsWith(MAGIC);
  }

  /**
   * Reads it.
   *
   * @throws UnreadableSecret when it is damaged or of a later version
   */
  static LockedKey decode(Path file, byte[] content) throws UnreadableSecret {
    List<String> lines = text(content).lines().toList();
    String version = lines.getFirst().substring(MAGIC.length());
    if (!version.equals(VERSION) && version.matches("[0-9]+")) {
      throw new UnreadableSecret(
          file + " is of version " + version + ", which this program does not know; update it");
    }
    try {
      LockedKey read = read(lines.get(1).split(" ", -1), lines.get(2));
      if (text(read.encode()).equals(text(content))) {
        return read;
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
      // Said below, for all kinds of damage alike.
    }
    throw new UnreadableSecret(
        file
            + " is damaged; it is kept as it is: restore it from a backup, or move "
            + file.resolveSibling("")
            + " away and sign in again");
  }

  private static LockedKey read(String[] words, String sealed) {
    List<String> rest = List.of(words).subList(1, words.length);
    Base64Bytes bytes = new Base64Bytes(sealed);
    return switch (words[0]) {
      case "secret-service" -> new LockedKey(new KeyPlace.SecretService(), rest, bytes);
      case "systemd-credential" ->
          new LockedKey(
              new KeyPlace.SystemdCredential(rest.getFirst()), rest.subList(1, rest.size()), bytes);
      case "passphrase" -> new LockedKey(new KeyPlace.Passphrase(), rest, bytes);
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.US_ASCII);
  }
}
