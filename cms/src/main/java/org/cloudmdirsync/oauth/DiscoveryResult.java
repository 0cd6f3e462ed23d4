package org.cloudmdirsync.oauth;

/** What came of looking for an authorization server's addresses. */
public sealed interface DiscoveryResult {

  /** Here they are. */
  record Found(Endpoints endpoints) implements DiscoveryResult {}

  /** The server could not be heard: ask later. */
  record Unavailable(String reason) implements DiscoveryResult {}

  /** Its metadata cannot be used, or there is none: the configuration must change. */
  record Invalid(String reason) implements DiscoveryResult {}
}
