package org.cloudmdirsync.command;

/** The exit statuses of {@code sysexits.h} that our programs use. */
public final class ExitStatus {
  /** All is well. */
  public static final int OK = 0;

  /** EX_USAGE: the command line is wrong. */
  public static final int USAGE = 64;

  /** EX_DATAERR: a file is not what it should be. */
  public static final int DATA_ERROR = 65;

  /** EX_NOUSER: no such account is configured. */
  public static final int NO_USER = 67;

  /** EX_UNAVAILABLE: something we need is not there. */
  public static final int UNAVAILABLE = 69;

  /** EX_SOFTWARE: a bug of ours. */
  public static final int SOFTWARE = 70;

  /** EX_CANTCREAT: a file or directory cannot be made. */
  public static final int CANNOT_CREATE = 73;

  /** EX_TEMPFAIL: try again; another daemon serves this configuration. */
  public static final int TRY_AGAIN = 75;

  /** EX_NOPERM: a person must sign in, or allow something, or know the passphrase. */
  public static final int NO_PERMISSION = 77;

  /** EX_CONFIG: the configuration is wrong. */
  public static final int CONFIGURATION = 78;

  private ExitStatus() {}
}
