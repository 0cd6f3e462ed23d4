package org.cloudmdirsync.account;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cloudmdirsync.oauth.ClientRegistration;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.provider.Provider;

/**
 * One configured account: who signs in where, and what for.
 *
 * @param user the address that signs in, exactly as configured
 * @param provider the authorization server and its ways
 * @param client how we are registered there
 * @param saslUser the mailbox named in SASL when it is not {@code user}: a shared mailbox
 * @param scopes for each use; the provider's, or the configuration's in their place
 * @param uses what the account is used for; consent is asked for all of it at once
 * @param grant by what it comes by its tokens
 */
public record Account(
    String user,
    Provider provider,
    ClientRegistration client,
    Optional<String> saslUser,
    Map<Protocol, List<String>> scopes,
    Set<Protocol> uses,
    Grant grant) {

  /** An account that a person signs in to. */
  public Account(
      String user,
      Provider provider,
      ClientRegistration client,
      Optional<String> saslUser,
      Map<Protocol, List<String>> scopes,
      Set<Protocol> uses) {
    this(user, provider, client, saslUser, scopes, uses, new Grant.Person());
  }

  /** Where the provider sends the browser back to; its path is the provider's own. */
  public URI redirectUri() {
    return client.redirectUri();
  }

  /** Whether what was granted to one is what the other asks for: tokens serve both. */
  boolean sharesTokensWith(Account other) {
    // Who is named in SASL is nothing to the provider. All the rest may make another grant.
    return withSaslUser(Optional.empty()).equals(other.withSaslUser(Optional.empty()));
  }

  private Account withSaslUser(Optional<String> mailbox) {
    return new Account(user, provider, client, mailbox, scopes, uses, grant);
  }

  /** A provider's words, with the address filled in where an administrator can admit the app. */
  String explained(String words) {
    return words.replace(
        "{admin-consent}", adminConsent().map(URI::toString).orElse("see docs/providers.md"));
  }

  private Optional<URI> adminConsent() {
    String wanted =
        scopes.entrySet().stream()
            .filter(scope -> uses.contains(scope.getKey()))
            .flatMap(scope -> scope.getValue().stream())
            .distinct()
            .sorted()
            .collect(Collectors.joining(" "));
    return provider
        .terms()
        .adminConsent()
        .map(page ->
            URI.create(
                "%s?client_id=%s&scope=%s&redirect_uri=%s"
                    .formatted(
                        page,
                        encoded(client.clientId()),
                        encoded(wanted),
                        encoded(client.redirectUri().toString()))));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Names the refresh token in the store: what it is good for, and what it must be kept from. */
  public String credential() {
    return provider.name()
        + "~"
        + user
        + "~"
        + client.clientId()
        + provider.elsewhere().map(address -> "~" + address).orElse("");
  }
}
