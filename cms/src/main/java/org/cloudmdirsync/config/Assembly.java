package org.cloudmdirsync.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.account.Grant;
import org.cloudmdirsync.config.Configuration.CredentialSocket;
import org.cloudmdirsync.config.Declarations.SocketDeclaration;
import org.cloudmdirsync.oauth.ClientRegistration;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.provider.Provider;

/** Makes the configuration of what was declared; finds what only the whole can show. */
final class Assembly {
  private final Declarations declarations;
  private final Map<String, Account> byUser = new LinkedHashMap<>();
  private final List<ConfigError> errors = new ArrayList<>();

  private Assembly(Declarations declarations) {
    this.declarations = declarations;
  }

  static ConfigResult of(Declarations declarations) {
    return new Assembly(declarations).result();
  }

  private ConfigResult result() {
    declarations.sockets().forEach(this::checkScopes);
    declarations.accounts().forEach(this::declare);
    if (!errors.isEmpty()) {
      return new ConfigResult.Invalid(List.copyOf(errors));
    }
    if (declarations.sockets().isEmpty()) {
      declarations.notice("there is no CredentialServer, so no credentials are served");
    }
    return new ConfigResult.Loaded(
        new Configuration(
            List.copyOf(byUser.values()),
            declarations.sockets().stream().map(this::socket).toList(),
            declarations.webUrl(),
            declarations.stateDir(),
            declarations.keyPlace(),
            declarations.messageDbDir(),
            declarations.onEvent(),
            declarations.nudgeHours(),
            declarations.oversight(),
            declarations.mailboxes()),
        List.copyOf(declarations.notices()));
  }

  private void checkScopes(SocketDeclaration socket) {
    for (AccountDeclaration account : socket.accounts()) {
      Provider provider = account.provider().apply(Registration.DEFAULT_TENANT);
      Set<Protocol> known = scopes(account, provider).keySet();
      for (Protocol protocol : socket.protocols()) {
        if (!known.contains(protocol)) {
          error(
              socket.position(),
              "%s has no scope for %s; give the account of %s a scopes={\"%s\": [\"…\"]}"
                  .formatted(provider.title(), protocol, account.user(), protocol));
        }
      }
    }
  }

  private static Map<Protocol, List<String>> scopes(AccountDeclaration account, Provider provider) {
    Map<Protocol, List<String>> scopes = new EnumMap<>(Protocol.class);
    scopes.putAll(provider.scopes());
    scopes.putAll(account.scopes());
    return scopes;
  }

  private void declare(AccountDeclaration declaration) {
    String user = declaration.user();
    if (declaration.uses().isEmpty()) {
      declarations.notice(declaration.position(), "nothing uses the account of " + user);
      return;
    }
    Registration registration = registration(declaration);
    Optional<String> clientId = clientId(declaration, registration);
    if (clientId.isEmpty()) {
      error(declaration.position(), missingRegistration(declaration));
      return;
    }
    Optional<String> fault = AppOnly.fault(declaration, registration);
    if (fault.isPresent()) {
      error(declaration.position(), fault.get());
      return;
    }
    Account account = account(declaration, registration, clientId.get());
    Account earlier = byUser.get(user);
    if (earlier == null) {
      byUser.put(user, account);
    } else if (used(earlier, account.uses()).equals(account)) {
      // Twice the same: the original took that, so it is one account with the uses of both.
      Set<Protocol> uses = EnumSet.copyOf(earlier.uses());
      uses.addAll(account.uses());
      byUser.put(user, used(account, uses));
    } else {
      error(
          declaration.position(),
          user + " has an account already; for a shared mailbox use sasl_user");
    }
  }

  /** A service account is not registered: its key file says who it is. */
  private static Optional<String> clientId(
      AccountDeclaration declaration, Registration registration) {
    return declaration.grant() instanceof Grant.ServiceAccount
        ? Optional.of("")
        : registration.clientId();
  }

  private static String missingRegistration(AccountDeclaration declaration) {
    String family = declaration.family();
    String title = declaration.provider().apply(Registration.DEFAULT_TENANT).title();
    return "the account of %s needs \"client_id\" and \"client_secret\": register an app with %s, see docs/providers.md, and give them here or once as Registration(\"%s\", …) in registrations.cfg"
        .formatted(declaration.user(), title, family);
  }

  /** What the call says, then what stands for the domain, then for the provider, then ours. */
  private Registration registration(AccountDeclaration declaration) {
    Map<String, Registration> known = declarations.registrations();
    Optional<Registration> written =
        Optional.ofNullable(known.get(declaration.domain()))
            .or(() -> Optional.ofNullable(known.get(declaration.family())));
    Registration own = declaration.registration();
    if (!declaration.family().equals("microsoft")) {
      return own.or(written.orElse(Registration.NONE));
    }
    boolean half = own.clientId().isPresent() != own.tenant().isPresent();
    if (half && declaration.original()) {
      // The original took both from its table unless both were given, and files rely on that.
      String given = own.clientId().isPresent() ? "client_id" : "tenant";
      String missing = own.clientId().isPresent() ? "tenant" : "client_id";
      declarations.notice(
          declaration.position(),
          "\"%s\" is ignored without \"%s\", as ever; give both, or neither"
              .formatted(given, missing));
      return written.orElse(Registration.NONE).or(Registration.MICROSOFT);
    }
    return own.or(written.orElse(Registration.NONE)).or(Registration.MICROSOFT);
  }

  private Account account(
      AccountDeclaration declaration, Registration registration, String clientId) {
    Provider provider =
        declaration.provider().apply(registration.tenant().orElse(Registration.DEFAULT_TENANT));
    URI redirect =
        registration
            .redirectUri()
            .orElseGet(() -> declarations.webUrl().resolve(provider.redirectPath()));
    ClientRegistration client =
        new ClientRegistration(
            clientId,
            registration.clientSecret(),
            redirect,
            registration.spa().orElse(Registration.MICROSOFT.isOf(clientId)));
    return new Account(
        declaration.user(),
        provider,
        client,
        declaration.saslUser(),
        Map.copyOf(scopes(declaration, provider)),
        Set.copyOf(declaration.uses()),
        declaration.grant());
  }

  private static Account used(Account account, Set<Protocol> uses) {
    return new Account(
        account.user(),
        account.provider(),
        account.client(),
        account.saslUser(),
        account.scopes(),
        Set.copyOf(uses),
        account.grant());
  }

  private CredentialSocket socket(SocketDeclaration socket) {
    List<Account> accounts =
        byUser.values().stream().filter(account -> serves(socket, account)).toList();
    return new CredentialSocket(
        socket.path(), socket.mode(), accounts, socket.protocols(), socket.allowed());
  }

  private static boolean serves(SocketDeclaration socket, Account account) {
    return socket.accounts().stream()
        .anyMatch(declaration -> declaration.user().equals(account.user()));
  }

  private void error(Position position, String message) {
    errors.add(ConfigError.at(position, message));
  }
}
