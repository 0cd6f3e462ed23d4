package org.cloudmdirsync.nativeclient;

import org.cloudmdirsync.client.Client;
import org.teavm.interop.Address;

/** The program {@code cms-oauth} as a native program. */
public final class CmsOauthNative {
  /** EX_SOFTWARE of sysexits.h. */
  private static final int SOFTWARE = 70;

  /** SIG_IGN. */
  private static final long IGNORE = 1;

  private CmsOauthNative() {}

  /** See {@code cms-oauth --help}. */
  public static void main(String[] arguments) {
    PosixPlatform platform = new PosixPlatform();
    // A reader that has gone away is then an error of write(2), told like every other.
    Posix.signal(Posix.SIGPIPE, Address.fromLong(IGNORE));
    Posix.exit(run(arguments, platform));
  }

  /** An exception that escaped here would abort the program with a core dump. */
  @SuppressWarnings("CatchAndPrintStackTrace")
  private static int run(String[] arguments, PosixPlatform platform) {
    try {
      return Client.run(arguments, platform);
    } catch (RuntimeException bug) {
      platform.complain("cms-oauth: internal error: " + bug.getClass().getName() + "\n");
      return SOFTWARE;
    }
  }
}
