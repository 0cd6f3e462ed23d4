package org.cloudmdirsync.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;

/**
 * One credential, held exclusively until closed.
 *
 * <p>The secret before the current one is kept until the next {@link #replace}: should the current
 * one turn out never to have counted, there is something to fall back to. Nothing is deleted but by
 * {@link #remove}: a dead secret and an unreadable file go to the directory {@code quarantine}.
 */
public final class StoredSecret implements AutoCloseable {
  private final String name;
  private final Path file;
  private final Seal seal;
  private final ExclusiveLock lock;

  /** So that what has not changed on the disk is unsealed once. */
  private Optional<Read> last = Optional.empty();

  private record Read(ByteBuffer sealed, Contents contents) {}

  StoredSecret(String name, Path file, Seal seal, ExclusiveLock lock) {
    this.name = name;
    this.file = file;
    this.seal = seal;
    this.lock = lock;
  }

  /**
   * The secret as it now stands on the disk, or empty when there is none.
   *
   * @throws UnreadableSecret when the file is there but damaged or not ours
   */
  public Optional<Secret> current() throws IOException {
    return contents(file).current();
  }

  /** The one before {@link #current}. */
  public Optional<Secret> previous() throws IOException {
    return contents(file).previous();
  }

  /** How long {@link #current} is good for, if that is known. */
  public Optional<Validity> validity() throws IOException {
    return contents(file).validity();
  }

  /** The same for a secret of unknown validity. */
  public void replace(Secret next, Instant now) throws IOException {
    replace(next, Optional.empty(), now);
  }

  /**
   * Makes {@code next} the current secret; durable when this returns.
   *
   * @param validity in whole seconds
   * @param now names the quarantined file, should an unreadable one be in the way
   * @throws IOException when it may not be on the disk; the former secret still is
   */
  public void replace(Secret next, Optional<Validity> validity, Instant now) throws IOException {
    Contents before = readable(now);
    if (!before.current().equals(Optional.of(next))) {
      write(file, new Contents(Optional.of(next), before.current(), validity));
    } else if (!before.validity().equals(validity)) {
      write(file, new Contents(Optional.of(next), before.previous(), validity));
    }
  }

  /**
   * Forgets the secret and the one before it; they are off the disk when this returns.
   *
   * @throws UnreadableSecret when the file is there but damaged or not ours
   */
  public void remove() throws IOException {
    if (!contents(file).equals(Contents.NONE)) {
      write(file, Contents.NONE);
    }
  }

  /** Puts the current secret away; there is none until somebody moves the file back. */
  public void quarantine(Instant now) throws IOException {
    Contents before = contents(file);
    if (before.current().isPresent()) {
      // First the copy, then the removal: a kill in between leaves it twice, not nowhere.
      write(quarantined(now), before);
      write(file, new Contents(Optional.empty(), before.previous(), Optional.empty()));
    }
  }

  /** Lets others have it. */
  @Override
  public void close() throws IOException {
    lock.close();
  }

  private Contents readable(Instant now) throws IOException {
    try {
      return contents(file);
    } catch (UnreadableSecret kept) {
      DurableFile.move(file, quarantined(now));
      return Contents.NONE;
    }
  }

  private Contents contents(Path from) throws IOException {
    byte[] sealed;
    try {
      sealed = Files.readAllBytes(from);
    } catch (NoSuchFileException e) {
      return Contents.NONE;
    } catch (IOException e) {
      throw new IOException("cannot read " + from + ": " + DurableFile.reason(e), e);
    }
    ByteBuffer now = ByteBuffer.wrap(sealed);
    if (last.isEmpty() || !last.get().sealed().equals(now)) {
      last = Optional.of(new Read(now, unsealed(sealed, from)));
    }
    return last.get().contents();
  }

  private Contents unsealed(byte[] sealed, Path from) throws UnreadableSecret {
    return seal.unseal(name, sealed)
        .flatMap(Contents::decode)
        .orElseThrow(() ->
            new UnreadableSecret(
                from
                    + " is damaged or was written with another key; it is kept as it is:"
                    + " restore it from a backup, or sign in again"));
  }

  private void write(Path to, Contents contents) throws IOException {
    DurableFile.write(to, seal.seal(name, contents.encode()));
  }

  private Path quarantineDirectory() {
    return file.resolveSibling("quarantine");
  }

  private Path quarantined(Instant now) throws IOException {
    Path directory = quarantineDirectory();
    if (!Files.isDirectory(directory)) {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      DurableFile.syncDirectory(file.resolveSibling(""));
    }
    return directory.resolve(file.getFileName() + String.format(".%013d", now.toEpochMilli()));
  }
}
