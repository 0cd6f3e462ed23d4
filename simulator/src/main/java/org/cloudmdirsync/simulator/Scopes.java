package org.cloudmdirsync.simulator;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Microsoft's reading of scopes: each names its resource server. */
final class Scopes {
  private static final Set<String> SIGN_IN = Set.of("openid", "profile", "email", "offline_access");
  private static final String GRAPH = "https://graph.microsoft.com";

  private Scopes() {}

  /** Whether a scope is about who the user is, not about a resource. */
  static boolean isSignIn(String scope) {
    return SIGN_IN.contains(scope);
  }

  /** Everything before the last slash; Graph for a bare word. */
  static String resource(String scope) {
    int slash = scope.lastIndexOf('/');
    return slash < 0 ? GRAPH : scope.substring(0, slash);
  }

  /** The resources named, in order. */
  static List<String> resources(List<String> scope) {
    return scope.stream().filter(s -> !isSignIn(s)).map(Scopes::resource).distinct().toList();
  }

  /** The first resource and what of the scope is for it. */
  static List<String> ofFirstResource(List<String> scope) {
    Optional<String> first = resources(scope).stream().findFirst();
    return scope.stream()
        .filter(s -> !isSignIn(s) && first.isPresent() && resource(s).equals(first.get()))
        .toList();
  }

  /** Whether a scope was agreed to, {@code .default} standing for all of its resource. */
  static boolean agreed(List<String> consent, String scope) {
    return isSignIn(scope)
        || consent.contains(scope)
        || (scope.endsWith("/.default")
            && consent.stream().anyMatch(s -> resource(s).equals(resource(scope))));
  }
}
