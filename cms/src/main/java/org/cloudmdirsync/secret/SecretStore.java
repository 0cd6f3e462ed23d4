package org.cloudmdirsync.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where secrets rest: a directory (0700) with one encrypted file per credential, and the key in a
 * file of its own.
 *
 * <p>Several daemons may use one directory: a credential is read and replaced under its own lock.
 * The key is made once and never replaced: without it the credentials beside it are lost, so a
 * missing key is an error as soon as there are any.
 */
public final class SecretStore {
  private static final String CREDENTIAL = ".credential";
  private static final Duration KEY_PATIENCE = Duration.ofSeconds(10);

  /** Leaves room for suffixes below the file systems' 255 bytes. */
  private static final int LONGEST_NAME = 200;

  private final Path directory;
  private final Seal seal;

  private SecretStore(Path directory, Seal seal) {
    this.directory = directory;
    this.seal = seal;
  }

  /**
   * Opens the store, creating directory and key when there is nothing yet.
   *
   * @throws IOException with a message that says which file is wrong and what to do
   */
  public static SecretStore open(Path stateDir) throws IOException {
    Path directory = prepared(stateDir);
    Path key = directory.resolve("key");
    if (!Files.exists(key)) {
      try (ExclusiveLock _ = ExclusiveLock.acquire(directory.resolve("key.lock"), KEY_PATIENCE)) {
        makeKey(directory, key);
      }
    }
    return new SecretStore(directory, new Seal(read(key)));
  }

  /**
   * Takes one credential for reading and replacing; nobody else can until it is closed.
   *
   * @param patience how long to wait for somebody who holds it
   * @throws IOException when it stays locked, or the directory cannot be written: then nothing
   *     could be stored, and nothing should be rotated
   */
  public StoredSecret take(String name, Duration patience) throws IOException {
    Path file = directory.resolve(fileName(name) + CREDENTIAL);
    Path lockFile = directory.resolve(fileName(name) + ".lock");
    return new StoredSecret(name, file, seal, ExclusiveLock.acquire(lockFile, patience));
  }

  private static Path prepared(Path stateDir) throws IOException {
    try {
      if (!Files.isDirectory(stateDir)) {
        Files.createDirectories(
            stateDir,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Path directory = stateDir.toRealPath();
      refuseForeignWriters(directory);
      return directory;
    } catch (IOException e) {
      throw new IOException(
          "cannot use the state directory " + stateDir + ": " + DurableFile.reason(e), e);
    }
  }

  private static void refuseForeignWriters(Path directory) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
    if (permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException("others may write there; run chmod 700 " + directory);
    }
  }

  private static void makeKey(Path directory, Path key) throws IOException {
    if (Files.exists(key)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      if (files.anyMatch(file -> file.getFileName().toString().endsWith(CREDENTIAL))) {
        throw new IOException(
            key
                + " is missing, and the credentials beside it cannot be read without it; restore it"
                + " from a backup, or move them away and sign in again");
      }
    }
    byte[] fresh = new byte[Seal.KEY_BYTES];
    new SecureRandom().nextBytes(fresh);
    DurableFile.write(key, fresh);
  }

  private static byte[] read(Path key) throws IOException {
    byte[] content;
    try {
      content = Files.readAllBytes(key);
    } catch (IOException e) {
      throw new IOException("cannot read " + key + ": " + DurableFile.reason(e), e);
    }
    if (content.length != Seal.KEY_BYTES) {
      throw new UnreadableSecret(
          key + " is not a key of ours (" + content.length + " bytes); restore it from a backup");
    }
    return content;
  }

  /** Letters, digits and the marks of an address stay; the rest becomes {@code %xx}. */
  static String fileName(String name) {
    StringBuilder result = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "@._+-~".indexOf(c) >= 0);
      if (plain && !(c == '.' && result.isEmpty())) {
        result.append(c);
      } else {
        result.append('%').append(String.format("%02x", (int) c));
      }
    }
    if (result.isEmpty()) {
      throw new IllegalArgumentException("a credential must have a name");
    }
    return result.length() <= LONGEST_NAME
        ? result.toString()
        : result.substring(0, LONGEST_NAME - 72) + "~" + digest(name);
  }

  private static String digest(String name) {
    try {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
