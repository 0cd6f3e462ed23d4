package org.cloudmdirsync.oauth;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.cloudmdirsync.secret.Secret;

/**
 * What a person does on another device, and what is polled for meanwhile (RFC 8628 section 3.2).
 *
 * @param deviceCode for {@link TokenEndpoint#poll}
 * @param verifier sent with it, where the server wanted PKCE
 * @param userCode what the person types
 * @param verificationUri where
 * @param complete the same with the code in it, where the server has that
 * @param life of both codes
 * @param interval to wait between two polls, at least
 */
public record DeviceAuthorization(
    Secret deviceCode,
    Optional<Secret> verifier,
    String userCode,
    URI verificationUri,
    Optional<URI> complete,
    Duration life,
    Duration interval) {}
