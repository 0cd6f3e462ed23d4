package org.cloudmdirsync.app;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.audit.LastAnswer;
import org.cloudmdirsync.config.Configuration;
import org.cloudmdirsync.config.Configuration.CredentialSocket;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.web.SocketStatus;

/**
 * The credential sockets as the page shows them.
 *
 * @param door knows who asked
 * @param zone whose clock people look at
 */
record ShownSockets(FrontDoor door, ZoneId zone) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM, HH:mm:ss", Locale.ENGLISH);

  List<SocketStatus> of(Configuration configuration) {
    return configuration.sockets().stream().map(this::shown).toList();
  }

  private SocketStatus shown(CredentialSocket socket) {
    List<String> users = socket.accounts().stream().map(Account::user).toList();
    return new SocketStatus(
        socket.path().toString(),
        socket.protocols().stream().map(Protocol::name).toList(),
        users,
        users.stream()
            .flatMap(
                user -> door.last(socket.path(), user).stream().map(last -> new Asked(user, last)))
            .max(Comparator.comparing(asked -> asked.last().at()))
            .map(asked -> asked.sentence(zone)));
  }

  /** Somebody, for this account. */
  private record Asked(String account, LastAnswer last) {
    String sentence(ZoneId zone) {
      return "Last asked %s by %s, %s for %s: %s."
          .formatted(
              TIME.format(last.at().atZone(zone)),
              last.who(),
              last.protocol(),
              account,
              last.outcome());
    }
  }
}
