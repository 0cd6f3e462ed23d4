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

  /** The old one stays in force; at least one error. */
  record Broken(List<String> errors) implements ReloadResult {}
}
