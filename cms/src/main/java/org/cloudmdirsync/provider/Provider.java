package org.cloudmdirsync.provider;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param terms what it allows beside the usual, and what it does not
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
    Identity identity,
    Terms terms) {

  /** A provider without particular terms. */
  public Provider(
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
    this(
        name,
        title,
        endpoints,
        redirectPath,
        scopes,
        commonScopes,
        authorizationParameters,
        tokenPer,
        mechanism,
        identity,
        Terms.NONE);
  }

  /** How far one access token reaches. */
  public enum TokenPer {
    /** One token serves every scope of the account. */
    ACCOUNT,
    /** One token per resource server: the scope up to its last slash (Microsoft). */
    RESOURCE,
    /**
     * One token per use, with its scopes alone, where the server narrows what it issues (RFC 6749
     * section 6): the mail server's program cannot read the mail.
     */
    PROTOCOL
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

  /** The same, with tokens that reach as far as this. */
  public Provider with(TokenPer reach) {
    return new Provider(
        name,
        title,
        endpoints,
        redirectPath,
        scopes,
        commonScopes,
        authorizationParameters,
        reach,
        mechanism,
        identity,
        terms);
  }

  /**
   * What a scope's token is named after: scopes with different names cannot be had, or are not to
   * be had, in one token. The empty string where one token serves the account.
   */
  public String resource(Protocol use, String scope) {
    return switch (tokenPer) {
      case ACCOUNT -> "";
      case PROTOCOL -> use.name();
      case RESOURCE ->
          scope.contains("/") ? scope.substring(0, scope.lastIndexOf('/')) : bareScopeResource();
    };
  }

  /**
   * Where refresh tokens go, if that is not where everybody expects it who reads the name: at
   * another tenant, in a national cloud, at a test's server. One must not be offered the other's.
   */
  public Optional<URI> elsewhere() {
    URI address =
        switch (endpoints) {
          case EndpointSource.Known known -> known.endpoints().token();
          case EndpointSource.Discovered discovered -> discovered.issuer();
        };
    boolean usual =
        Providers.named(name)
            .map(expected -> expected.endpoints().equals(endpoints))
            .orElseGet(() -> address.toString().equals("https://" + name));
    return usual ? Optional.empty() : Optional.of(address);
  }

  /** The same for an app that asks for itself: it consents to nothing and signs nobody in. */
  public Provider forApp() {
    return new Provider(
        name,
        title,
        endpoints,
        redirectPath,
        terms.appScopes(),
        List.of(),
        Map.of(),
        tokenPer,
        mechanism,
        Identity.UNKNOWN,
        terms);
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
