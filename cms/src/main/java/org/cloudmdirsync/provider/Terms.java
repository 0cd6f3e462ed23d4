package org.cloudmdirsync.provider;

import java.util.Optional;

/**
 * What a provider allows beside the usual, and what it does not.
 *
 * @param noDevice why there is no sign-in by a code, in words for a person
 */
public record Terms(Optional<String> noDevice) {
  /** Nothing is known. */
  public static final Terms NONE = new Terms(Optional.empty());
}
