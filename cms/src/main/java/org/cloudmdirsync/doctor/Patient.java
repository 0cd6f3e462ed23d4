package org.cloudmdirsync.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.account.StoredSignIn;
import org.cloudmdirsync.dialogue.Explanations;
import org.cloudmdirsync.dialogue.Server;
import org.cloudmdirsync.provider.Protocol;

/**
 * What is to be looked at.
 *
 * @param sockets every credential socket of the configuration
 * @param accounts whose way to walk
 * @param stored looks at an account's stored sign-in; empty where it is not ours to look at
 * @param consumer whose rights on the sockets count
 * @param servers mail servers in place of the providers'
 * @param environment proxies, certificates
 * @param own what the user wrote about refusals; counts before what we know
 */
public record Patient(
    List<Socket> sockets,
    List<Account> accounts,
    Function<Account, Optional<StoredSignIn>> stored,
    Person self,
    Person consumer,
    Map<Protocol, Server> servers,
    Map<String, String> environment,
    Explanations own) {

  /**
   * A credential socket.
   *
   * @param users whose credentials it serves
   */
  public record Socket(Path path, List<String> users, List<Protocol> protocols) {}

  /** Where somebody gets this token. */
  Optional<Socket> serving(Account account, Protocol protocol) {
    return serving(account).filter(socket -> socket.protocols().contains(protocol)).findFirst();
  }

  Stream<Socket> serving(Account account) {
    return sockets.stream().filter(socket -> socket.users().contains(account.user()));
  }
}
