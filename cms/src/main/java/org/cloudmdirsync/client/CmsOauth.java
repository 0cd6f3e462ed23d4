package org.cloudmdirsync.client;

/** The program {@code cms-oauth} on the JVM. */
public final class CmsOauth {
  private CmsOauth() {}

  /** See {@code cms-oauth --help}. */
  public static void main(String[] arguments) {
    int exitStatus = Client.run(arguments, new JvmPlatform(System.getenv()));
    // Nothing is left to be shut down in order, and a shutdown costs a millisecond.
    Runtime.getRuntime().halt(exitStatus);
  }
}
