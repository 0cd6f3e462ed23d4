package org.cloudmdirsync.unix;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Who of those who can connect to a socket may ask on it. Root and the daemon's own user always
 * may: they could read the daemon's files instead. Programs narrow this for everybody but root.
 *
 * @param users by number
 * @param groups by number: processes whose effective group it is
 * @param programs if there are any, who asks must run one of them
 */
public record AllowedPeers(Set<Integer> users, Set<Integer> groups, Set<Path> programs) {

  /** Why a peer may not ask; empty if it may. */
  public Optional<String> objection(Peer peer, int ownUser) {
    if (peer.uid() == 0) {
      return Optional.empty();
    }
    boolean anybody = users.isEmpty() && groups.isEmpty() && !programs.isEmpty();
    boolean listed =
        anybody || peer.uid() == ownUser || lists(users, peer.uid()) || lists(groups, peer.gid());
    if (!listed) {
      return Optional.of(
          UserNamespace.hides(peer.uid())
              ? "allow= of this socket's CredentialServer cannot tell who asks: the daemon is in a user namespace (PrivateUsers= in hardened.conf of its unit), where all other users look alike"
              : "the user with number %s is not among those in allow= of this socket's CredentialServer"
                  .formatted(Integer.toUnsignedString(peer.uid())));
    }
    return programs.isEmpty() ? Optional.empty() : objection(Program.file(peer.pid()));
  }

  private static boolean lists(Set<Integer> numbers, int number) {
    return numbers.contains(number) && !UserNamespace.hides(number);
  }

  private Optional<String> objection(Optional<Path> program) {
    if (program.isEmpty()) {
      return Optional.of(
          "allow= of this socket's CredentialServer lists programs, and the daemon cannot see which one asks; it takes CAP_SYS_PTRACE for another user's, and for any outside of a user namespace that the daemon is in (PrivateUsers=)");
    }
    return programs.contains(program.get())
        ? Optional.empty()
        : Optional.of(
            program.get()
                + " is not among the programs in allow= of this socket's CredentialServer");
  }
}
