package org.cloudmdirsync.config;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.cloudmdirsync.account.Grant;
import org.cloudmdirsync.config.Arguments.Bound;
import org.cloudmdirsync.oauth.EndpointSource;
import org.cloudmdirsync.oauth.Endpoints;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.provider.Provider;
import org.cloudmdirsync.provider.Provider.TokenPer;
import org.cloudmdirsync.provider.Providers;
import org.cloudmdirsync.sasl.Mechanism;

/** {@code Office365_Account}, {@code GMail_Account} and {@code OAuth2_Account}. */
final class AccountFunctions {
  private static final URI AUTHORITY = URI.create("https://login.microsoftonline.com");

  /** Microsoft's mailbox interface, of the public cloud. */
  static final URI GRAPH = URI.create("https://graph.microsoft.com");

  /** Google's. */
  static final URI GMAIL = URI.create("https://gmail.googleapis.com");

  /** What the original took, in its order; files may give them by place. */
  private static final List<String> MICROSOFT =
      List.of("user", "tenant", "client_id", "use_default_registration");

  private static final List<String> COMMON =
      List.of(
          "client_id",
          "client_secret",
          "redirect_uri",
          "sasl_user",
          "spa",
          "scopes",
          "token_per_protocol");

  private static final List<String> ENDPOINTS =
      List.of(
          "issuer",
          "authorization_endpoint",
          "token_endpoint",
          "device_authorization_endpoint",
          "revocation_endpoint",
          "userinfo_endpoint");

  private AccountFunctions() {}

  static AccountDeclaration microsoft(Arguments arguments, Directories directories) {
    Bound bound =
        arguments.bind(
            parameters(
                List.of(MICROSOFT, COMMON, AppOnly.PARAMETERS, List.of("authority", "graph"))));
    Grant grant = AppOnly.microsoft(bound, directories);
    URI authority = endpoint(bound, "authority").orElse(AUTHORITY);
    URI graph = endpoint(bound, "graph").orElse(GRAPH);
    bound.optional("use_default_registration").ifPresent(Located::flag);
    return declaration(
        bound,
        "microsoft",
        tenant -> AppOnly.provider(grant, Providers.microsoft(authority, tenant, graph)),
        grant,
        MICROSOFT.containsAll(bound.values().keySet()));
  }

  static AccountDeclaration google(Arguments arguments, Directories directories) {
    Bound bound =
        arguments.bind(
            parameters(
                List.of(
                    List.of("user"),
                    COMMON,
                    List.of("service_account"),
                    List.of("authorization_endpoint", "token_endpoint", "api"))));
    Provider google =
        Providers.google(
            endpoint(bound, "authorization_endpoint"), endpoint(bound, "token_endpoint"));
    return declaration(bound, "google", _ -> google, AppOnly.google(bound, directories), false);
  }

  static AccountDeclaration generic(Arguments arguments) {
    Bound bound =
        arguments.bind(
            parameters(
                List.of(
                    List.of("user", "provider"),
                    ENDPOINTS,
                    COMMON,
                    List.of("sign_in_scopes", "parameters", "mechanism", "title"))));
    return bound.optional("provider").isPresent() ? named(bound) : other(bound);
  }

  private static List<String> parameters(List<List<String>> lists) {
    return lists.stream().flatMap(List::stream).distinct().toList();
  }

  private static AccountDeclaration named(Bound bound) {
    for (String own : List.of("sign_in_scopes", "parameters", "mechanism", "title")) {
      forbidden(bound, own);
    }
    ENDPOINTS.forEach(endpoint -> forbidden(bound, endpoint));
    Located name = bound.required("provider");
    Provider provider =
        Providers.named(name.text())
            .orElseThrow(() ->
                new Rejected(
                    name.position(),
                    "unknown provider \"%s\"%s"
                        .formatted(name.text(), Suggestion.of(name.text(), Providers.names()))));
    return declaration(bound, provider.name(), _ -> provider, new Grant.Person(), false);
  }

  private static void forbidden(Bound bound, String parameter) {
    bound
        .optional(parameter)
        .ifPresent(given -> {
          throw given.rejected("is known for this provider; leave out one of the two");
        });
  }

  private static AccountDeclaration other(Bound bound) {
    Map<Protocol, List<String>> scopes = Settings.scopes(bound.optional("scopes"));
    if (scopes.isEmpty()) {
      throw new Rejected(
          bound.position(), "OAuth2_Account() needs \"scopes\", as in scopes={\"SMTP\": [\"…\"]}");
    }
    EndpointSource source = source(bound);
    List<String> signIn =
        bound
            .optional("sign_in_scopes")
            .map(Settings::words)
            .orElse(
                source instanceof EndpointSource.Discovered
                    ? List.of("openid", "offline_access")
                    : List.of());
    Provider provider =
        Providers.generic(
            bound.optional("title").map(Located::filledText).orElse(""),
            source,
            scopes,
            signIn,
            bound.optional("parameters").map(Settings::strings).orElse(Map.of()),
            bound.optional("mechanism").map(Settings::mechanism).orElse(Mechanism.XOAUTH2));
    return declaration(bound, provider.name(), _ -> provider, new Grant.Person(), false);
  }

  private static EndpointSource source(Bound bound) {
    Optional<URI> authorization = endpoint(bound, "authorization_endpoint");
    Optional<URI> token = endpoint(bound, "token_endpoint");
    Optional<URI> issuer = endpoint(bound, "issuer");
    if (authorization.isPresent() && token.isPresent()) {
      return new EndpointSource.Known(
          new Endpoints(
              authorization.get(),
              token.get(),
              endpoint(bound, "device_authorization_endpoint"),
              endpoint(bound, "revocation_endpoint"),
              endpoint(bound, "userinfo_endpoint"),
              issuer.map(URI::toString),
              false));
    } else if (issuer.isPresent() && authorization.isEmpty() && token.isEmpty()) {
      return new EndpointSource.Discovered(issuer.get());
    }
    throw new Rejected(
        bound.position(),
        "OAuth2_Account() needs \"provider\", or \"issuer\", or both \"authorization_endpoint\""
            + " and \"token_endpoint\"");
  }

  private static Optional<URI> endpoint(Bound bound, String parameter) {
    return bound.optional(parameter).map(Addresses::endpoint);
  }

  private static AccountDeclaration declaration(
      Bound bound,
      String family,
      Function<String, Provider> provider,
      Grant grant,
      boolean original) {
    Located user =
        bound
            .optional("user")
            .orElseThrow(() ->
                new Rejected(
                    bound.position(),
                    bound.function() + "() needs \"user\": the address that signs in"));
    return new AccountDeclaration(
        bound.position(),
        Settings.address(user),
        family,
        narrowed(bound) ? tenant -> provider.apply(tenant).with(TokenPer.PROTOCOL) : provider,
        grant,
        Registration.of(bound),
        original,
        bound.optional("sasl_user").map(Settings::address),
        Settings.scopes(bound.optional("scopes")),
        endpoint(bound, "graph").or(() -> endpoint(bound, "api")),
        Set.of());
  }

  private static boolean narrowed(Bound bound) {
    return bound.optional("token_per_protocol").map(Located::flag).orElse(false);
  }
}
