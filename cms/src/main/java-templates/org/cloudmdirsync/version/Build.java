package org.cloudmdirsync.version;

/** What is compiled here; filled in by Maven. */
final class Build {
  static final String VERSION = "${project.version}";

  /** {@code unknown} where the sources are no checkout of git's. */
  static final String COMMIT = "${cms.commit}";

  private Build() {}
}
