package org.cloudmdirsync.config;

import java.util.List;

/** What came of reading a configuration. */
public sealed interface ConfigResult {

  /**
   * It can be used.
   *
   * @param notices what the user should know, each on one line with its place in the file
   */
  record Loaded(Configuration configuration, List<String> notices) implements ConfigResult {}

  /** It cannot be used; at least one error. */
  record Invalid(List<ConfigError> errors) implements ConfigResult {}
}
