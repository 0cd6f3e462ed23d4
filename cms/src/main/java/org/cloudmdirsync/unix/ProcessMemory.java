package org.cloudmdirsync.unix;

import java.io.IOException;

/** This process's memory, where tokens are. */
public final class ProcessMemory {
  private static final int PR_SET_DUMPABLE = 4;

  private ProcessMemory() {}

  /**
   * Keeps it from core dumps and from other processes of the same user, debuggers among them; root
   * is not kept from anything. What a process starts is not covered.
   *
   * @throws IOException when the system does not do that
   */
  public static void hide() throws IOException {
    int _ = Native.prctl(PR_SET_DUMPABLE, 0);
  }
}
