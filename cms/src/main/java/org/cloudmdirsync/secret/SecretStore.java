package org.cloudmdirsync.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Where secrets rest: a directory (0700) with one encrypted file per credential, and the key in a
 * file of its own, or elsewhere ({@link KeyPlace}).
 *
 * <p>Several daemons may use one directory: a credential is read and replaced under its own lock.
 * The key is made once and never replaced: without it the credentials beside it are lost, so a
 * missing key is an error as soon as there are any. Once read it stays in memory: a keyring that is
 * locked later changes nothing before the next start.
 */
public final class SecretStore implements AutoCloseable {
  static final String CREDENTIAL = ".credential";

  /** A person who has unlocked a keyring does not look at the clock yet. */
  private static final Duration POLL = Duration.ofSeconds(3);

  /** Leaves room for suffixes below the file systems' 255 bytes. */
  private static final int LONGEST_NAME = 200;

  private final Path directory;
  private final StoreKey key;
  private final Optional<KeyPlace> wanted;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Optional<Seal> seal = Optional.empty();
  private volatile KeyStatus status;

  private SecretStore(Path directory, Optional<KeyPlace> wanted, Map<String, String> environment)
      throws IOException {
    this.directory = directory;
    this.key = new StoreKey(directory, environment);
    this.wanted = wanted;
    this.status = look();
  }

  /** Opens a store whose key is, or is to be, in its file. */
  public static SecretStore open(Path stateDir) throws IOException {
    return open(stateDir, Optional.empty(), Map.of());
  }

  /**
   * Opens the store, creating directory and key when there is nothing yet, and moving the key when
   * it rests elsewhere than it should. May ask a person for a passphrase.
   *
   * @param wanted where the key is to rest; if nobody says so, where it is
   * @param environment where session bus, systemd's credentials and askpass are looked for
   * @throws PassphraseRefused when nobody knows the passphrase
   * @throws IOException with a message that says which file is wrong and what to do
   */
  public static SecretStore open(
      Path stateDir, Optional<KeyPlace> wanted, Map<String, String> environment)
      throws IOException {
    return new SecretStore(prepared(stateDir), wanted, environment);
  }

  /** Whether the key is at hand. */
  public KeyStatus status() {
    return status;
  }

  /**
   * Looks for a key that is not at hand, until it is or the store is closed.
   *
   * @param news told of each other reason, and of success; on a thread of its own
   */
  public void awaitKey(Consumer<KeyStatus> news) {
    if (seal.isEmpty()) {
      Thread.ofVirtual().name("key watch").start(() -> watch(news));
    }
  }

  private void watch(Consumer<KeyStatus> news) {
    try {
      while (seal.isEmpty() && !closing.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        KeyStatus before = status;
        status = lookAgain();
        if (!status.equals(before)) {
          news.accept(status);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private KeyStatus lookAgain() {
    try {
      return look();
    } catch (IOException e) {
      return new KeyStatus.Waiting(DurableFile.reason(e));
    }
  }

  private KeyStatus look() throws IOException {
    try {
      StoreKey.Found found = key.find(wanted);
      seal = Optional.of(found.seal());
      return new KeyStatus.Held(found.place(), found.remark());
    } catch (KeyUnavailable notYet) {
      return new KeyStatus.Waiting(DurableFile.reason(notYet));
    }
  }

  private Seal seal() throws IOException {
    Optional<Seal> held = seal;
    if (held.isEmpty()) {
      String reason = status instanceof KeyStatus.Waiting waiting ? waiting.reason() : "";
      throw new KeyUnavailable("the stored tokens cannot be read: " + reason);
    }
    return held.get();
  }

  /**
   * Takes one credential for reading and replacing; nobody else can until it is closed.
   *
   * @param patience how long to wait for somebody who holds it
   * @throws KeyUnavailable when the store's key is not at hand
   * @throws IOException when it stays locked, or the directory cannot be written: then nothing
   *     could be stored, and nothing should be rotated
   */
  public StoredSecret take(String name, Duration patience) throws IOException {
    Seal open = seal();
    Path file = directory.resolve(fileName(name) + CREDENTIAL);
    Path lockFile = directory.resolve(fileName(name) + ".lock");
    return new StoredSecret(name, file, open, ExclusiveLock.acquire(lockFile, patience));
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

  /** Ends looking for the key. */
  @Override
  public void close() {
    closing.countDown();
  }
}
