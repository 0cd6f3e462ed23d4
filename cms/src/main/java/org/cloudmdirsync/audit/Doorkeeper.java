package org.cloudmdirsync.audit;

import java.util.Optional;
import org.cloudmdirsync.credential.CredentialReply.Kind;
import org.cloudmdirsync.credential.CredentialReply.Refusal;
import org.cloudmdirsync.unix.AllowedPeers;
import org.cloudmdirsync.unix.Peer;

/**
 * Turns away, before anything else is looked at, who may not ask on a socket.
 *
 * @param allowed who may; everybody who can connect, if empty
 * @param limit how often; not for us and root, who could as well stop the daemon
 * @param ourUser the daemon's own, who always may, as root does
 */
public record Doorkeeper(Optional<AllowedPeers> allowed, RateLimit limit, int ourUser) {

  /** Why a peer gets nothing; empty if it is let in. */
  public Optional<Refusal> turnsAway(Peer peer) {
    Optional<String> objection = allowed.flatMap(list -> list.objection(peer, ourUser));
    if (objection.isPresent()) {
      return refusal(Kind.NOT_ALLOWED, objection.get());
    }
    boolean asksTooOften =
        peer.uid() != ourUser && peer.uid() != 0 && !limit.admits(peer.uid(), System.nanoTime());
    return asksTooOften
        ? refusal(
            Kind.TEMPORARILY_UNAVAILABLE,
            "the user with number %s asks more often than %d times a second (cfg.requests_per_second)"
                .formatted(Integer.toUnsignedString(peer.uid()), limit.perSecond()))
        : Optional.empty();
  }

  private static Optional<Refusal> refusal(Kind kind, String reason) {
    return Optional.of(new Refusal(kind, reason, Optional.empty()));
  }
}
