package org.cloudmdirsync.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.account.NudgeHours;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.secret.KeyPlace;
import org.cloudmdirsync.unix.AllowedPeers;

/**
 * A checked {@code cms.cfg}.
 *
 * @param accounts every account that something uses, in the order of the file
 * @param sockets the credential servers
 * @param webUrl the sign-in page and the base of the redirect URIs; http on loopback
 * @param stateDir where refresh tokens rest
 * @param keyPlace where the key to them is to rest; if nobody says so, where it is
 * @param messageDbDir where copies of messages rest
 * @param onEvent a command for the shell, to be run for every event
 * @param nudgeHours when a person may be reminded of what can wait
 * @param oversight how those who ask are kept in check
 * @param mailboxes the mailboxes to keep in step, as written; kept until they are synchronised
 */
public record Configuration(
    List<Account> accounts,
    List<CredentialSocket> sockets,
    URI webUrl,
    Path stateDir,
    Optional<KeyPlace> keyPlace,
    Path messageDbDir,
    Optional<String> onEvent,
    NudgeHours nudgeHours,
    Oversight oversight,
    List<Mailbox> mailboxes) {

  /** The account of this user; nobody has two. */
  public Optional<Account> account(String user) {
    return accounts.stream().filter(account -> account.user().equals(user)).findFirst();
  }

  /**
   * How those who ask are kept in check, and an eye on them.
   *
   * @param requestsPerSecond of each user but root and ours; zero for any number
   * @param auditInterval how long alike answers share a line in the log; zero for a line each
   * @param metricsUrl where the figures are, http on loopback
   */
  public record Oversight(int requestsPerSecond, Duration auditInterval, Optional<URI> metricsUrl) {
    /** A mail host's queue run fits in; the log has at most two lines a minute for a purpose. */
    public static final Oversight USUAL =
        new Oversight(200, Duration.ofMinutes(1), Optional.empty());
  }

  /**
   * One {@code CredentialServer(…)}.
   *
   * @param path absolute, at most 106 bytes
   * @param mode the socket file's permission bits ({@code umask=} is the mode)
   * @param accounts whose credentials it serves
   * @param protocols for which uses
   * @param allowed who may ask; empty for everybody who can connect
   */
  public record CredentialSocket(
      Path path,
      int mode,
      List<Account> accounts,
      List<Protocol> protocols,
      Optional<AllowedPeers> allowed) {}

  /** What is to be kept in step. */
  public sealed interface Mailbox {

    /**
     * One {@code Office365(…)} or {@code GMail(…)}.
     *
     * @param kind the function's name
     * @param name the mailbox or label, as written
     * @param user the account's
     * @param api where the provider's mailbox interface is
     * @param deleteAction {@code archive} or {@code delete}
     */
    record Cloud(String kind, String name, String user, URI api, String deleteAction)
        implements Mailbox {}

    /** One {@code MailDir(…)}. */
    record Local(Path directory) implements Mailbox {}
  }
}
