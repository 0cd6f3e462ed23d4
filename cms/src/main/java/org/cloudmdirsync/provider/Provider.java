package org.cloudmdirsync.provider;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Stream;
import org.cloudmdirsync.oauth.EndpointSource;
import org.cloudmdirsync.sasl.Mechanism;

/**
 * Everything that differs between mail providers.
 *
 * @param name short and lower case, as in {@code Registration("google", …)}
 * @param title for people
 * @param endpoints the authorization server
 * @param redirectPath the path of our redirect URI, one per provider, such as {@code /oauth2/msal}
 * @param scopes what to ask for each use; no entry, no such use
 * @param commonScopes asked for at sign-in beside the uses': {@code offline_access}, {@code openid}
 * @param authorizationParameters added to every authorization request, such as {@code
 *     access_type=offline}
 * @param tokenPer how far one access token reaches
 * @param mechanism what its servers offer; XOAUTH2 where they offer both
 * @param identity how to learn who signed in
 */
public record Provider(
    String name,
    String title,
    EndpointSource endpoints,
    String redirectPath,
    Map<Protocol, List<String>> scopes,
    List<String> commonScopes,
    Map<String, String> authorizationParameters,
    TokenPer tokenPer,
    Mechanism mechanism,
    Identity identity) {

  /** OpenID Connect's own scopes: they belong to no resource. */
  private static final Set<String> OPENID_SCOPES =
      Set.of("openid", "profile", "email", "address", "phone", "offline_access");

  /** How far one access token reaches. */
  public enum TokenPer {
    /** One token serves every scope of the account. */
    ACCOUNT,
    /** One token per resource server: the scope up to its last slash (Microsoft). */
    RESOURCE
  }

  /** How to learn who signed in. */
  public enum Identity {
    /**
     * From the id_token (scope {@code openid}); if it names nobody, from userinfo if there is one.
     */
    ID_TOKEN,
    /** From the userinfo endpoint. */
    USER_INFO,
    /** The provider has no word on it; then nothing is verified, and the log says so. */
    UNKNOWN
  }

  /**
   * What to ask consent for: the scopes of every use, then the common ones, each once.
   *
   * @param scopes the account's, which may differ from {@link #scopes()}
   * @param uses what the account is used for
   */
  public List<String> consentScopes(Map<Protocol, List<String>> scopes, Set<Protocol> uses) {
    return Stream.concat(ofUses(scopes, uses), commonScopes.stream()).distinct().toList();
  }

  /**
   * The resource servers that some scopes belong to, in their order; more than one cannot be had in
   * one token. Always the same single name (the empty string) where one token serves the account.
   */
  public SequencedSet<String> resources(Collection<String> scope) {
    SequencedSet<String> resources = new LinkedHashSet<>();
    for (String one : scope) {
      resource(one).ifPresent(resources::add);
    }
    if (resources.isEmpty()) {
      resource("").ifPresent(resources::add);
    }
    return resources;
  }

  /**
   * What a token request for one resource asks: everything the account uses there, so that one
   * token serves all of it. Empty, so to be left out, where one token serves the account (RFC 6749
   * section 6: the same as was granted).
   *
   * @param scopes the account's
   * @param uses what the account is used for
   * @param resource one of {@link #resources}
   */
  public List<String> tokenScopes(
      Map<Protocol, List<String>> scopes, Set<Protocol> uses, String resource) {
    return switch (tokenPer) {
      case ACCOUNT -> List.of();
      case RESOURCE ->
          Stream.concat(
                  ofUses(scopes, uses)
                      .filter(scope -> resource(scope).filter(resource::equals).isPresent()),
                  commonScopes.stream())
              .distinct()
              .toList();
    };
  }

  private static Stream<String> ofUses(Map<Protocol, List<String>> scopes, Set<Protocol> uses) {
    return Stream.of(Protocol.values())
        .filter(uses::contains)
        .flatMap(use -> scopes.getOrDefault(use, List.of()).stream());
  }

  private Optional<String> resource(String scope) {
    return switch (tokenPer) {
      case ACCOUNT -> Optional.of("");
      case RESOURCE -> {
        int slash = scope.lastIndexOf('/');
        if (OPENID_SCOPES.contains(scope)) {
          yield Optional.empty();
        }
        yield Optional.of(slash < 0 ? bareScopeResource() : scope.substring(0, slash));
      }
    };
  }

  /** A scope without a resource of its own means the provider's mailbox interface (Graph). */
  private String bareScopeResource() {
    return scopes.getOrDefault(Protocol.MAILBOX, List.of()).stream()
        .filter(scope -> scope.contains("/"))
        .map(scope -> scope.substring(0, scope.lastIndexOf('/')))
        .findFirst()
        .orElse("");
  }
}
