package org.cloudmdirsync.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.cloudmdirsync.secret.KeyStatus.Remark;

/**
 * A store's key: made once, found again wherever it rests, and moved where the configuration wants
 * it.
 *
 * <p>The key stays the same for ever. What changes with the place is the file {@code key}: the key
 * itself, or a copy that is sealed with what rests elsewhere. That file is replaced in one step, so
 * a process killed while moving leaves the old place or the new one.
 */
final class StoreKey {
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(10);

  private final Path directory;
  private final Path file;
  private final Map<String, String> environment;

  /**
   * Nothing is read yet.
   *
   * @param environment where session bus, systemd's credentials and askpass are looked for
   */
  StoreKey(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.file = directory.resolve("key");
    this.environment = environment;
  }

  /** The key, where it rests, and what happened to it just now. */
  record Found(Seal seal, KeyPlace place, Optional<Remark> remark) {}

  /**
   * Finds the key, or makes it when there is nothing yet.
   *
   * @param wanted where it is to rest; if nobody says so, where it is
   * @throws KeyUnavailable when it cannot be read for now
   * @throws PassphraseRefused when nobody knows the passphrase
   * @throws IOException with a message that says which file is wrong and what to do
   */
  Found find(Optional<KeyPlace> wanted) throws IOException {
    while (true) {
      Optional<byte[]> content = read();
      Optional<Found> found = content.isPresent() ? known(content.get(), wanted) : made(wanted);
      if (found.isPresent()) {
        return found.get();
      }
      // Another daemon was quicker; what it wrote is the key.
    }
  }

  private Optional<Found> known(byte[] content, Optional<KeyPlace> wanted) throws IOException {
    if (LockedKey.is(content)) {
      LockedKey locked = LockedKey.decode(file, content);
      KeyPlace place = locked.place();
      boolean stays = wanted.isEmpty() || wanted.get().equals(place);
      byte[] key = places().open(locked);
      return stays ? found(key, place) : moved(content, key, place, wanted.get());
    }
    if (content.length != Seal.KEY_BYTES) {
      throw new UnreadableSecret(
          file + " is not a key of ours (" + content.length + " bytes); restore it from a backup");
    }
    boolean stays = wanted.isEmpty() || wanted.get() instanceof KeyPlace.KeyFile;
    KeyPlace place = new KeyPlace.KeyFile();
    return stays ? found(content, place) : moved(content, content, place, wanted.get());
  }

  private static Optional<Found> found(byte[] key, KeyPlace place) {
    return Optional.of(new Found(new Seal(key), place, Optional.empty()));
  }

  private Optional<Found> moved(byte[] before, byte[] key, KeyPlace from, KeyPlace to)
      throws IOException {
    byte[] content;
    try {
      content = places().close(to, key);
    } catch (KeyUnavailable notYet) {
      return remarked(
          key, from, true, "it cannot be moved to " + to + " yet: " + notYet.getMessage());
    }
    return replace(Optional.of(before), content)
        ? remarked(key, to, false, "it was moved there from " + from)
        : Optional.empty();
  }

  private Optional<Found> made(Optional<KeyPlace> wanted) throws IOException {
    refuseOrphans();
    KeyPlace place = wanted.orElseGet(this::usual);
    byte[] key = new byte[Seal.KEY_BYTES];
    new SecureRandom().nextBytes(key);
    byte[] content = place instanceof KeyPlace.KeyFile ? key : places().close(place, key);
    if (!replace(Optional.empty(), content)) {
      return Optional.empty();
    }
    return wanted.isPresent()
        ? found(key, place)
        : remarked(key, place, false, "chosen here; SecretStore(…) in the configuration decides");
  }

  private static Optional<Found> remarked(
      byte[] key, KeyPlace place, boolean warning, String words) {
    return Optional.of(new Found(new Seal(key), place, Optional.of(new Remark(warning, words))));
  }

  /** The best that works on this machine without anybody's doing. */
  private KeyPlace usual() {
    if (Places.hasCredential(environment, KeyPlace.SystemdCredential.USUAL_NAME)) {
      return new KeyPlace.SystemdCredential(KeyPlace.SystemdCredential.USUAL_NAME);
    }
    return Places.hasSecretService(environment)
        ? new KeyPlace.SecretService()
        : new KeyPlace.KeyFile();
  }

  private Places places() {
    return new Places(file, environment, new PassphrasePrompt(environment));
  }

  private void refuseOrphans() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      if (files.anyMatch(file -> file.getFileName().toString().endsWith(SecretStore.CREDENTIAL))) {
        throw new IOException(
            file
                + " is missing, and the credentials beside it cannot be read without it; restore it"
                + " from a backup, or move them away and sign in again");
      }
    }
  }

  /** False when the file is not what it was, and was left alone. */
  private boolean replace(Optional<byte[]> before, byte[] content) throws IOException {
    try (ExclusiveLock _ = ExclusiveLock.acquire(directory.resolve("key.lock"), LOCK_PATIENCE)) {
      Optional<byte[]> now = read();
      if (!Arrays.equals(now.orElse(null), before.orElse(null))) {
        return false;
      }
      DurableFile.write(file, content);
      return true;
    }
  }

  private Optional<byte[]> read() throws IOException {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new IOException("cannot read " + file + ": " + DurableFile.reason(e), e);
    }
  }
}
