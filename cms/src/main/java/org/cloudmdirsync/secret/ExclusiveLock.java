package org.cloudmdirsync.secret;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Excludes other processes and, since the kernel's file locks belong to a whole process, other
 * threads of this one.
 *
 * <p>The lock is on a file of its own: the file it guards is replaced by every write. The kernel
 * drops it with the process, so no lock outlives a kill.
 */
final class ExclusiveLock implements AutoCloseable {
  /** How often another process's lock is tried again: a rotation takes some hundred times that. */
  private static final Duration POLL = Duration.ofMillis(20);

  private static final ConcurrentMap<Path, Semaphore> THREADS = new ConcurrentHashMap<>();

  private final Semaphore threads;
  private final FileChannel channel;

  private ExclusiveLock(Semaphore threads, FileChannel channel) {
    this.threads = threads;
    this.channel = channel;
  }

  /**
   * Waits for the lock.
   *
   * @throws IOException when the lock file cannot be written, or somebody else keeps it for longer
   *     than {@code patience}
   */
  static ExclusiveLock acquire(Path file, Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    Semaphore threads = THREADS.computeIfAbsent(file, any -> new Semaphore(1));
    try {
      if (!threads.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw busy(file);
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
    try {
      return new ExclusiveLock(threads, lockedChannel(file, deadline));
    } catch (IOException | RuntimeException e) {
      threads.release();
      throw e;
    }
  }

  private static FileChannel lockedChannel(Path file, long deadline) throws IOException {
    FileChannel channel = open(file);
    try {
      while (channel.tryLock() == null) {
        if (System.nanoTime() - deadline > 0) {
          throw busy(file);
        }
        Thread.sleep(POLL);
      }
      return channel;
    } catch (InterruptedException e) {
      channel.close();
      throw interrupted();
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileChannel open(Path file) throws IOException {
    try {
      return FileChannel.open(
          file,
          Set.of(CREATE, WRITE),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      throw new IOException("cannot write " + file + ": " + DurableFile.reason(e), e);
    }
  }

  private static IOException busy(Path file) {
    return new IOException(file + " is locked by another process; is a second daemon running?");
  }

  private static IOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while waiting for a lock");
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      threads.release();
    }
  }
}
