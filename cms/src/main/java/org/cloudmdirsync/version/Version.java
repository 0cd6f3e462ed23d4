package org.cloudmdirsync.version;

/** What the programs' {@code --version} says. */
public final class Version {
  private Version() {}

  /**
   * Such as {@code cms-oauth 0.1.0 (commit 1a2b3c4d5e6f, Java 25.0.3+9-LTS)}.
   *
   * @param runtime what the program runs on: a Java, or {@code native}
   */
  public static String line(String program, String runtime) {
    return program + " " + Build.VERSION + " (commit " + Build.COMMIT + ", " + runtime + ")";
  }
}
