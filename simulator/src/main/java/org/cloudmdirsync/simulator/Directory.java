package org.cloudmdirsync.simulator;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who and what the pretend cloud knows: users, shared mailboxes, registered clients. */
public final class Directory {
  private final Map<String, Client> clients = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> shared = new ConcurrentHashMap<>();
  private final Map<String, X509Certificate> certificates = new ConcurrentHashMap<>();
  private final Map<String, ServiceAccount> serviceAccounts = new ConcurrentHashMap<>();
  private volatile List<String> users = List.of();

  /** In a user's place: an app's own token opens whatever it was admitted to. */
  static final String EVERY_MAILBOX = "*";

  Directory() {}

  /** Only these users exist from now on; an empty list admits everybody with an {@code @}. */
  public void users(List<String> only) {
    users = List.copyOf(only);
  }

  /** A mailbox these users may open with tokens of their own. */
  public void share(String mailbox, Set<String> with) {
    shared.put(mailbox, Set.copyOf(with));
  }

  /** Registers a client, or registers it anew. */
  public void register(Client client) {
    clients.put(client.id(), client);
  }

  /** This client may show who it is by signatures that this certificate verifies. */
  public void register(String client, X509Certificate certificate) {
    certificates.put(client, certificate);
  }

  /** Makes a service account known. */
  public void register(ServiceAccount account) {
    serviceAccounts.put(account.email(), account);
  }

  Optional<X509Certificate> certificate(String client) {
    return Optional.ofNullable(certificates.get(client));
  }

  Optional<ServiceAccount> serviceAccount(String email) {
    return Optional.ofNullable(serviceAccounts.get(email));
  }

  Optional<Client> client(String id) {
    return Optional.ofNullable(clients.get(id));
  }

  boolean exists(String user) {
    return users.isEmpty() ? user.indexOf('@') > 0 : users.contains(user);
  }

  /** Whether a token of this user opens that mailbox. */
  boolean mayOpen(String user, String mailbox) {
    return user.equals(EVERY_MAILBOX)
        || user.equalsIgnoreCase(mailbox)
        || shared.getOrDefault(mailbox, Set.of()).contains(user);
  }

  /** Who signs in when nobody says who. */
  String anybody() {
    return users.isEmpty() ? "ann@example.com" : users.getFirst();
  }

  Map<String, Object> listing() {
    return Map.of(
        "users", users, "shared", Map.copyOf(shared), "clients", new ArrayList<>(clients.keySet()));
  }
}
