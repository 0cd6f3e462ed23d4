package org.cloudmdirsync.provider;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.cloudmdirsync.oauth.EndpointSource;

/**
 * What a provider has beside its authorization server, for whoever looks for a fault.
 *
 * @param smtp where mail is submitted, as {@code host:port}; the port says when TLS begins
 * @param imap where mail is read, likewise
 * @param metadata OpenID Connect's document, which names no user and needs no token
 * @param audiences whom its tokens for mail may be for, where they say so
 */
public record Whereabouts(
    Optional<String> smtp, Optional<String> imap, Optional<URI> metadata, List<String> audiences) {

  /** As far as known; nothing of a provider that only the configuration describes. */
  public static Whereabouts of(Provider provider) {
    return Providers.names().contains(provider.name())
        ? read(ProviderFile.read(provider.name()), provider)
        : new Whereabouts(
            Optional.empty(), Optional.empty(), metadata(provider, Optional.empty()), List.of());
  }

  private static Whereabouts read(ProviderFile file, Provider provider) {
    String cloud =
        switch (provider.endpoints()) {
          case EndpointSource.Known known -> "." + known.endpoints().authorization().getHost();
          case EndpointSource.Discovered _ -> "";
        };
    return new Whereabouts(
        file.value("mail.smtp" + cloud).or(() -> file.value("mail.smtp")),
        file.value("mail.imap" + cloud).or(() -> file.value("mail.imap")),
        metadata(provider, file.value("metadata")),
        file.value("audiences").map(words -> List.of(words.split(" +"))).orElse(List.of()));
  }

  /** OpenID Connect Discovery section 4; in a data file as seen from the sign-in page. */
  private static Optional<URI> metadata(Provider provider, Optional<String> fromSignIn) {
    return switch (provider.endpoints()) {
      case EndpointSource.Known known -> fromSignIn.map(known.endpoints().authorization()::resolve);
      case EndpointSource.Discovered(URI issuer) ->
          Optional.of(
              URI.create(
                  issuer.toString().replaceFirst("/$", "") + "/.well-known/openid-configuration"));
    };
  }
}
