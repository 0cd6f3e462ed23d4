package org.cloudmdirsync.account;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cloudmdirsync.provider.Protocol;

/**
 * What one access token reaches: the whole account, or one resource server of several that share
 * the account's refresh token (Microsoft: Outlook and Graph), or one use.
 *
 * @param name the resource server's scheme and host, or the use; empty when there is only one
 * @param uses what its token is used for
 * @param scopes what must be granted for that
 */
record Resource(String name, Set<Protocol> uses, List<String> scopes) {

  /** The resources of an account, in the order of {@link Protocol}. */
  static List<Resource> of(Account account) {
    Map<String, Resource> found = new LinkedHashMap<>();
    for (Protocol use : Protocol.values()) {
      if (account.uses().contains(use)) {
        for (String scope : account.scopes().getOrDefault(use, List.of())) {
          String name = account.provider().resource(use, scope);
          found.merge(name, new Resource(name, Set.of(use), List.of(scope)), Resource::and);
        }
      }
    }
    return List.copyOf(found.values());
  }

  private Resource and(Resource other) {
    return new Resource(name, union(uses, other.uses), List.copyOf(union(scopes, other.scopes)));
  }

  private static <T> Set<T> union(Collection<T> a, Collection<T> b) {
    Set<T> all = new LinkedHashSet<>(a);
    all.addAll(b);
    return all;
  }

  /** What to ask for in a token request: offline_access and openid go with every resource. */
  List<String> request(Account account) {
    List<String> all = new ArrayList<>(scopes);
    account.provider().commonScopes().stream().filter(s -> !all.contains(s)).forEach(all::add);
    return all;
  }

  /**
   * The first needed scope that was not granted: people may untick one (Google's granular consent).
   *
   * @param granted as the provider said; nothing means as asked (RFC 6749 section 5.1)
   */
  Optional<String> missing(Collection<String> granted) {
    if (granted.isEmpty()) {
      return Optional.empty();
    }
    return scopes.stream()
        .filter(needed -> !needed.endsWith("/.default"))
        .filter(needed -> granted.stream().noneMatch(one -> same(needed, one)))
        .findFirst();
  }

  /** Providers answer in another case, and Microsoft leaves the resource out where it is clear. */
  private static boolean same(String needed, String granted) {
    return needed.equalsIgnoreCase(granted)
        || (!granted.contains("/")
            && needed.substring(needed.lastIndexOf('/') + 1).equalsIgnoreCase(granted));
  }
}
