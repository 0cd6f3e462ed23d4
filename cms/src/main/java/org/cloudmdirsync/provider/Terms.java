package org.cloudmdirsync.provider;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a provider allows beside the usual, and what it does not.
 *
 * @param noDevice why there is no sign-in by a code, in words for a person
 * @param noRevocation where a person ends an app's access, as this program cannot
 * @param adminConsent where an administrator admits an app for everybody; the query is ours to add
 * @param appScopes for an app that asks for itself, in place of the scopes for a person
 * @param singlePageLife how long a sign-in of a single-page registration lasts, whatever is done
 */
public record Terms(
    Optional<String> noDevice,
    Optional<String> noRevocation,
    Optional<String> adminConsent,
    Map<Protocol, List<String>> appScopes,
    Optional<Duration> singlePageLife) {
  /** Nothing is known. */
  public static final Terms NONE =
      new Terms(Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Optional.empty());
}
