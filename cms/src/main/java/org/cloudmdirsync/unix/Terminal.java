package org.cloudmdirsync.unix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where a person may be reading. {@link java.io.Console} knows of input and output alone. */
public final class Terminal {
  /** The console is left out: what a machine prints there, others read too. */
  private static final Pattern DEVICE = Pattern.compile("/dev/(pts/|tty).*");

  private Terminal() {}

  /** Whether standard error goes to a terminal; false where that cannot be found out. */
  public static boolean isStandardError() {
    try {
      Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/2"));
      return DEVICE.matcher(target.toString()).matches();
    } catch (IOException noProc) {
      return false;
    }
  }
}
