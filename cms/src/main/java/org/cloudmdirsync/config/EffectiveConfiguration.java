package org.cloudmdirsync.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.account.Grant;
import org.cloudmdirsync.config.Configuration.CredentialSocket;
import org.cloudmdirsync.config.Configuration.Mailbox;
import org.cloudmdirsync.oauth.ClientRegistration;
import org.cloudmdirsync.oauth.EndpointSource;
import org.cloudmdirsync.oauth.Endpoints;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.provider.Provider.TokenPer;
import org.cloudmdirsync.unix.AllowedPeers;

/** A configuration with every default filled in, for people. Secrets are not shown. */
public final class EffectiveConfiguration {
  private final StringBuilder out = new StringBuilder();

  private EffectiveConfiguration() {}

  /** Several lines, each with its end. */
  public static String print(Configuration configuration) {
    EffectiveConfiguration printed = new EffectiveConfiguration();
    printed.line("web_url", configuration.webUrl());
    printed.line("state_dir", configuration.stateDir());
    configuration.keyPlace().ifPresent(place -> printed.line("SecretStore", place));
    printed.line("message_db_dir", configuration.messageDbDir());
    printed.line(
        "nudge_hours",
        "%s to %s"
            .formatted(configuration.nudgeHours().from(), configuration.nudgeHours().until()));
    configuration.onEvent().ifPresent(command -> printed.line("on_event", command));
    printed.line("requests_per_second", configuration.oversight().requestsPerSecond());
    printed.line("audit_interval", configuration.oversight().auditInterval().toSeconds());
    configuration.oversight().metricsUrl().ifPresent(url -> printed.line("metrics_url", url));
    configuration.accounts().forEach(printed::account);
    configuration.sockets().forEach(printed::socket);
    configuration.mailboxes().forEach(printed::mailbox);
    return printed.out.toString();
  }

  private void account(Account account) {
    heading("account " + account.user());
    detail("provider", account.provider().title());
    switch (account.provider().endpoints()) {
      case EndpointSource.Known(Endpoints endpoints) -> {
        detail("authorization", endpoints.authorization());
        detail("token", endpoints.token());
      }
      case EndpointSource.Discovered(var issuer) -> detail("issuer", issuer);
    }
    grant(account);
    account.saslUser().ifPresent(user -> detail("sasl_user", user));
    if (account.provider().tokenPer() == TokenPer.PROTOCOL) {
      detail("token_per_protocol", "True");
    }
    for (Protocol use : sorted(account.uses())) {
      List<String> scopes = account.scopes().getOrDefault(use, List.of());
      detail("used for " + name(use), String.join(" ", scopes));
    }
  }

  private void grant(Account account) {
    switch (account.grant()) {
      case Grant.Person _ -> {
        client(account.client());
        detail("redirect_uri", account.client().redirectUri());
        detail("spa", account.client().singlePageApp() ? "True" : "False");
      }
      case Grant.ClientSecret _ -> {
        client(account.client());
        detail("app_only", "True");
      }
      case Grant.Certificate(Path certificate, Path privateKey) -> {
        client(account.client());
        detail("app_only", "True");
        detail("certificate", certificate);
        detail("private_key", privateKey);
      }
      case Grant.ServiceAccount(Path keyFile) -> detail("service_account", keyFile);
    }
  }

  private void client(ClientRegistration client) {
    detail("client_id", client.clientId());
    detail("client_secret", client.clientSecret().isPresent() ? "given" : "none");
  }

  private void socket(CredentialSocket socket) {
    heading("CredentialServer " + socket.path());
    detail("mode", String.format("0o%03o", socket.mode()));
    detail("accounts", socket.accounts().stream().map(Account::user).collect(joined()));
    detail("protocols", socket.protocols().stream().map(Protocol::name).collect(joined()));
    socket.allowed().ifPresent(allowed -> detail("allow", numbers(allowed)));
  }

  /** By number, since that is what counts: a group stands with its members. */
  private static String numbers(AllowedPeers allowed) {
    return Stream.of(
            Stream.of("owner and root"),
            allowed.users().stream().sorted().map(uid -> "user " + uid),
            allowed.groups().stream().sorted().map(gid -> "group " + gid),
            allowed.programs().stream().sorted().map(program -> "only with " + program))
        .flatMap(part -> part)
        .collect(joined());
  }

  private void mailbox(Mailbox mailbox) {
    switch (mailbox) {
      case Mailbox.Cloud cloud -> {
        heading(cloud.kind() + " " + cloud.name());
        detail("account", cloud.user());
        detail("api", cloud.api());
        detail("delete_action", cloud.deleteAction());
      }
      case Mailbox.Local(Path directory) -> heading("MailDir " + directory);
    }
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(", ");
  }

  private static List<Protocol> sorted(Set<Protocol> uses) {
    return uses.stream().sorted().toList();
  }

  private static String name(Protocol use) {
    return use == Protocol.MAILBOX ? "mailboxes" : use.name();
  }

  private void heading(String text) {
    out.append('\n').append(text).append('\n');
  }

  private void detail(String name, Object value) {
    line("  " + name, value);
  }

  private void line(String name, Object value) {
    out.append(String.format("%-20s %s\n", name, value));
  }
}
