package org.cloudmdirsync.simulator;

import java.time.Instant;
import java.util.Optional;

/**
 * An authorization code, to be used once (RFC 6749 section 4.1.2).
 *
 * @param redirectUri as in the authorization request; the token request must repeat it
 * @param family the tokens that will come of it, so that a replay can take them back
 */
record Code(
    Consent consent,
    String redirectUri,
    Optional<Challenge> challenge,
    Instant until,
    String family,
    boolean used) {

  Code spent() {
    return new Code(consent, redirectUri, challenge, until, family, true);
  }
}
