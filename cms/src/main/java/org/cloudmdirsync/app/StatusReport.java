package org.cloudmdirsync.app;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cloudmdirsync.account.AccountStatus;
import org.cloudmdirsync.account.AccountStatus.Condition;
import org.cloudmdirsync.config.Configuration;
import org.cloudmdirsync.config.Configuration.CredentialSocket;
import org.cloudmdirsync.control.Message;

/**
 * How everything stands, for scripts. Its members are part of cloud-mdir-sync(1): there may be more
 * of them one day, but none fewer.
 */
final class StatusReport {
  private StatusReport() {}

  static Message of(List<AccountStatus> accounts, Configuration configuration) {
    return Message.of("version", 1)
        .with("web_url", configuration.webUrl().toString())
        .with(
            "accounts",
            accounts.stream().map(status -> account(status, configuration.sockets())).toList());
  }

  static Message account(AccountStatus status, List<CredentialSocket> sockets) {
    String user = status.account().user();
    return Message.of("user", user)
        .with("provider", status.account().provider().title())
        .with("condition", condition(status))
        .with("problem", status.problem())
        .with("expires", time(status.expiry()))
        .with("refreshed", time(status.refreshed()))
        .with("next_refresh", time(status.nextRefresh()))
        .with("lapses", time(status.lapse()))
        .with(
            "sockets",
            sockets.stream()
                .filter(socket -> serves(socket, user))
                .map(StatusReport::socket)
                .toList());
  }

  /** Such as {@code sign-in-needed}. */
  static String condition(AccountStatus status) {
    return word(status.condition());
  }

  static String word(Condition condition) {
    return condition.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static boolean serves(CredentialSocket socket, String user) {
    return socket.accounts().stream().anyMatch(account -> account.user().equals(user));
  }

  private static Message socket(CredentialSocket socket) {
    return Message.of("path", socket.path().toString())
        .with("protocols", socket.protocols().stream().map(Enum::name).toList());
  }

  private static Optional<String> time(Optional<Instant> moment) {
    return moment.map(EventFacts::time);
  }
}
