package org.cloudmdirsync.app;

import java.util.List;

/** What came of reading the configuration again. */
sealed interface ReloadResult {

  /**
   * It is in force.
   *
   * @param notices what the user should know
   */
  record Reloaded(List<String> notices) implements ReloadResult {}

  /**
   * The old one stays in force; at least one error.
   *
   * @param errors for whoever asked, who owns the file: with the lines that are wrong
   * @param headlines the same for the log, where such a line, which may hold a secret, has no place
   */
  record Broken(List<String> errors, List<String> headlines) implements ReloadResult {}
}
