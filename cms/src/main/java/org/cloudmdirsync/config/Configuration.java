package org.cloudmdirsync.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.provider.Protocol;

/**
 * A checked {@code cms.cfg}.
 *
 * @param accounts every account that something uses, in the order of the file
 * @param sockets the credential servers
 * @param webUrl the sign-in page and the base of the redirect URIs; http on loopback
 * @param stateDir where refresh tokens rest
 * @param mailboxes the mailboxes to keep in step, as written; kept until they are synchronised
 */
public record Configuration(
    List<Account> accounts,
    List<CredentialSocket> sockets,
    URI webUrl,
    Path stateDir,
    List<Mailbox> mailboxes) {

  /**
   * One {@code CredentialServer(…)}.
   *
   * @param path absolute, at most 106 bytes
   * @param mode the socket file's permission bits ({@code umask=} is the mode)
   * @param accounts whose credentials it serves
   * @param protocols for which uses
   */
  public record CredentialSocket(
      Path path, int mode, List<Account> accounts, List<Protocol> protocols) {}

  /** One {@code Office365(…)}, {@code GMail(…)} or {@code MailDir(…)}, for people. */
  public record Mailbox(String kind, String name) {}
}
