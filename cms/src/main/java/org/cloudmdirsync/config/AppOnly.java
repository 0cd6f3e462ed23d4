package org.cloudmdirsync.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cloudmdirsync.account.Grant;
import org.cloudmdirsync.config.Arguments.Bound;
import org.cloudmdirsync.provider.Provider;

/** Accounts to which nobody signs in, because an app or a service account has the right itself. */
final class AppOnly {
  static final List<String> PARAMETERS = List.of("app_only", "certificate", "private_key");

  /** Names that stand for the tenant of whoever signs in; nobody does. */
  private static final Set<String> NO_TENANTS = Set.of("common", "organizations", "consumers");

  private static final String BUILT_IN = Registration.MICROSOFT.clientId().orElseThrow();

  private AppOnly() {}

  static Grant microsoft(Bound bound, Directories directories) {
    boolean appOnly = bound.optional("app_only").map(Located::flag).orElse(false);
    Optional<Path> certificate = bound.optional("certificate").map(directories::path);
    Optional<Path> key = bound.optional("private_key").map(directories::path);
    if (!appOnly) {
      forbidden(bound, "certificate", "is for app_only=True");
      forbidden(bound, "private_key", "is for app_only=True");
      return new Grant.Person();
    } else if (certificate.isEmpty()) {
      forbidden(bound, "private_key", "needs \"certificate\" beside it");
      return new Grant.ClientSecret();
    }
    forbidden(bound, "client_secret", "cannot go with \"certificate\"; leave out one of the two");
    return new Grant.Certificate(certificate.get(), key.orElse(certificate.get()));
  }

  static Grant google(Bound bound, Directories directories) {
    Optional<Path> keyFile = bound.optional("service_account").map(directories::path);
    if (keyFile.isEmpty()) {
      return new Grant.Person();
    }
    for (String other : List.of("client_id", "client_secret", "redirect_uri", "spa")) {
      forbidden(bound, other, "cannot go with \"service_account\"; leave out one of the two");
    }
    return new Grant.ServiceAccount(keyFile.get());
  }

  private static void forbidden(Bound bound, String parameter, String why) {
    bound
        .optional(parameter)
        .ifPresent(given -> {
          throw given.rejected(why);
        });
  }

  static Provider provider(Grant grant, Provider provider) {
    return switch (grant) {
      case Grant.ClientSecret _, Grant.Certificate _ -> provider.forApp();
      case Grant.Person _, Grant.ServiceAccount _ -> provider;
    };
  }

  /** What is missing of the registration that a grant needs. */
  static Optional<String> fault(AccountDeclaration account, Registration registration) {
    return switch (account.grant()) {
      case Grant.Person _, Grant.ServiceAccount _ -> Optional.empty();
      case Grant.ClientSecret _ when registration.clientSecret().isEmpty() ->
          Optional.of(
              "the app-only account of %s needs \"client_secret\", or \"certificate\" and"
                      .formatted(account.user())
                  + " \"private_key\"");
      case Grant.ClientSecret _, Grant.Certificate _
          when NO_TENANTS.contains(registration.tenant().orElse(Registration.DEFAULT_TENANT)) ->
          Optional.of(
              "the app-only account of %s needs \"tenant\": your organisation's id or domain"
                  .formatted(account.user()));
      case Grant.ClientSecret _, Grant.Certificate _ when registration.isOf(BUILT_IN) ->
          Optional.of(
              "the app-only account of %s needs a \"client_id\" of its own, see docs/providers.md"
                  .formatted(account.user()));
      case Grant.ClientSecret _, Grant.Certificate _ -> Optional.empty();
    };
  }
}
