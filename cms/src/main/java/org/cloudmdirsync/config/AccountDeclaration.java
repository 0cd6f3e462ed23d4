package org.cloudmdirsync.config;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.cloudmdirsync.account.Grant;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.provider.Provider;

/**
 * One call of {@code …_Account(…)}.
 *
 * @param family the provider's short name, by which a {@code Registration} finds it
 * @param provider by the tenant, which may come from a registration
 * @param grant by what the account comes by its tokens
 * @param registration what the call itself says
 * @param original nothing in the call is beyond the original program's arguments
 * @param scopes in place of the provider's
 * @param api in place of the usual address of the provider's mailbox interface
 * @param uses grows as other calls refer to the account
 */
record AccountDeclaration(
    Position position,
    String user,
    String family,
    Function<String, Provider> provider,
    Grant grant,
    Registration registration,
    boolean original,
    Optional<String> saslUser,
    Map<Protocol, List<String>> scopes,
    Optional<URI> api,
    Set<Protocol> uses) {

  AccountDeclaration {
    uses = uses.isEmpty() ? EnumSet.noneOf(Protocol.class) : EnumSet.copyOf(uses);
  }

  /** The mail domain; empty when the user is no address. */
  String domain() {
    return user.substring(user.lastIndexOf('@') + 1);
  }
}
