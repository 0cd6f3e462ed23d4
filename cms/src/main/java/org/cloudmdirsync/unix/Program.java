package org.cloudmdirsync.unix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which program a process runs, as /proc says now: the process may have started another one since
 * it connected, or ended, and its number been given away. A script shows as its interpreter.
 */
public final class Program {
  private static final String REPLACED = " (deleted)";

  private Program() {}

  /**
   * The file a process runs; empty when we may not know. A process of another user, or one that has
   * changed its user as exim does, only tells root and who has CAP_SYS_PTRACE.
   */
  public static Optional<Path> file(int pid) {
    try {
      String link = Files.readSymbolicLink(Path.of("/proc/" + pid + "/exe")).toString();
      // An upgrade put a new file in its place.
      return Optional.of(
          Path.of(
              link.endsWith(REPLACED)
                  ? link.substring(0, link.length() - REPLACED.length())
                  : link));
    } catch (IOException hiddenOrGone) {
      return Optional.empty();
    }
  }

  /** What a process calls itself, up to 15 bytes; it can choose that as it likes. */
  public static Optional<String> name(int pid) {
    try {
      return Optional.of(Files.readString(Path.of("/proc/" + pid + "/comm")).strip());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
