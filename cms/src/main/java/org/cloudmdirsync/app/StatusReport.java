package org.cloudmdirsync.app;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.cloudmdirsync.account.AccountStatus;
import org.cloudmdirsync.audit.LastAnswer;
import org.cloudmdirsync.config.Configuration;
import org.cloudmdirsync.config.Configuration.CredentialSocket;
import org.cloudmdirsync.control.Message;
import org.cloudmdirsync.event.EventFacts;

/**
 * How everything stands, for scripts. Its members are part of cloud-mdir-sync(1): there may be more
 * of them one day, but none fewer.
 */
final class StatusReport {
  private StatusReport() {}

  /**
   * The report.
   *
   * @param last who asked last on a socket for an account
   */
  static Message of(
      List<AccountStatus> accounts,
      Configuration configuration,
      BiFunction<Path, String, Optional<LastAnswer>> last) {
    return Message.of("version", 1)
        .with("web_url", configuration.webUrl().toString())
        .with(
            "accounts",
            accounts.stream()
                .map(status -> account(status, configuration.sockets(), last))
                .toList());
  }

  private static Message account(
      AccountStatus status,
      List<CredentialSocket> sockets,
      BiFunction<Path, String, Optional<LastAnswer>> last) {
    String user = status.account().user();
    return Message.of("user", user)
        .with("provider", status.account().provider().title())
        .with("condition", status.condition().word())
        .with("problem", status.problem())
        .with("expires", time(status.expiry()))
        .with("refreshed", time(status.refreshed()))
        .with("next_refresh", time(status.nextRefresh()))
        .with("lapses", time(status.lapse()))
        .with(
            "sockets",
            sockets.stream()
                .filter(socket -> serves(socket, user))
                .map(socket -> socket(socket, last.apply(socket.path(), user)))
                .toList());
  }

  private static boolean serves(CredentialSocket socket, String user) {
    return socket.accounts().stream().anyMatch(account -> account.user().equals(user));
  }

  private static Message socket(CredentialSocket socket, Optional<LastAnswer> last) {
    return Message.of("path", socket.path().toString())
        .with("protocols", socket.protocols().stream().map(Enum::name).toList())
        .with("last_asked", time(last.map(LastAnswer::at)))
        .with("last_asked_by", last.map(LastAnswer::who))
        .with("last_answer", last.map(LastAnswer::outcome));
  }

  private static Optional<String> time(Optional<Instant> moment) {
    return moment.map(EventFacts::time);
  }
}
