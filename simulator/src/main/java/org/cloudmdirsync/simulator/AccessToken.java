package org.cloudmdirsync.simulator;

import java.time.Instant;
import java.util.List;

/**
 * An access token, known by its hash.
 *
 * @param scope what it is good for
 * @param audience the resource server it is for; empty where there is only one
 */
record AccessToken(
    Consent consent,
    String family,
    List<String> scope,
    String audience,
    Instant until,
    boolean revoked) {

  boolean validAt(Instant now) {
    return !revoked && now.isBefore(until);
  }

  AccessToken endedAt(Instant moment) {
    return new AccessToken(consent, family, scope, audience, moment, revoked);
  }

  AccessToken revokedNow() {
    return new AccessToken(consent, family, scope, audience, until, true);
  }
}
