package org.cloudmdirsync.client;

/** The exit statuses of {@code cms-oauth}: sysexits.h, but for the original's own usage error. */
public final class ExitStatus {
  public static final int OK = 0;

  /** As argparse exits. */
  public static final int USAGE = 2;

  /** EX_UNAVAILABLE: no daemon. */
  public static final int UNAVAILABLE = 69;

  /** EX_IOERR: standard output does not take the token. */
  public static final int OUTPUT_ERROR = 74;

  /** EX_TEMPFAIL: ask again later. */
  public static final int TRY_AGAIN = 75;

  /** EX_NOPERM: a person must sign in, or the socket is not for this user. */
  public static final int NO_PERMISSION = 77;

  /** EX_CONFIG: the daemon is not configured for this. */
  public static final int CONFIGURATION = 78;

  private ExitStatus() {}
}
