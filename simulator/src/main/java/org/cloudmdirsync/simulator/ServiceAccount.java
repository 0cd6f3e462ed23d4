package org.cloudmdirsync.simulator;

import java.security.PublicKey;
import java.util.List;
import java.util.Set;

/**
 * A service account of Google's kind.
 *
 * @param email its name
 * @param key what its assertions are verified with
 * @param domain whose users it may act for; empty for none
 * @param scopes what was delegated to it there
 */
public record ServiceAccount(String email, PublicKey key, String domain, Set<String> scopes) {

  boolean mayActFor(String user, List<String> scope) {
    return !domain.isEmpty() && user.endsWith("@" + domain) && scopes.containsAll(scope);
  }
}
