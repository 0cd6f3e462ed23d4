package org.cloudmdirsync.simulator;

import java.util.List;
import java.util.Optional;

/**
 * What a user agreed to.
 *
 * @param tenant Microsoft's path segment; empty elsewhere
 * @param scope everything agreed to, over all resources
 * @param nonce for the id_token (OpenID Connect Core section 3.1.2.1)
 */
record Consent(
    Flavour flavour,
    String tenant,
    String clientId,
    String user,
    List<String> scope,
    Optional<String> nonce) {}
