package org.cloudmdirsync.client;

import java.util.Optional;
import org.cloudmdirsync.credential.CredentialReply;
import org.cloudmdirsync.credential.CredentialReply.Credential;
import org.cloudmdirsync.credential.CredentialReply.Kind;
import org.cloudmdirsync.credential.CredentialReply.Refusal;
import org.cloudmdirsync.credential.CredentialRequest;
import org.cloudmdirsync.credential.ReceivedReply;

/**
 * The daemon behind a credential socket, ours or the original, and what went wrong with it in
 * words.
 */
record Daemon(String socket, Platform platform) {
  /** What to say when there is none to ask. */
  static final String NO_SOCKET =
      "no credential socket: give --cms_sock, set $CMS_SOCK, or have the daemon serve"
          + " $XDG_RUNTIME_DIR/cms.sock";

  /** Our daemon answers within 4 s; the original may wait longer for a refresh. */
  private static final int PATIENCE_MILLIS = 10_000;

  /** Far above any token; the original's own client reads 16 KiB. */
  private static final int LONGEST_ANSWER = 1 << 20;

  /** A credential, or why there is none. */
  sealed interface Answer {
    record Got(Credential credential) implements Answer {}

    /**
     * None.
     *
     * @param kind what our daemon called it; empty if it was not our daemon that spoke
     */
    record Failed(int exitStatus, Optional<Kind> kind, String why) implements Answer {}

    /** None, and no word on why: all that the original ever says. */
    record Silence(String why) implements Answer {}
  }

  /** The daemon on the socket named, or on the usual one. */
  static Optional<Daemon> find(Optional<String> named, Platform platform) {
    return named
        .or(() -> platform.environment("CMS_SOCK"))
        .or(() ->
            platform
                .environment("XDG_RUNTIME_DIR")
                .map(directory -> directory + "/cms.sock")
                .filter(platform::exists))
        .map(socket -> new Daemon(socket, platform));
  }

  /** Asks, and waits for the answer. */
  Answer ask(CredentialRequest request) {
    return switch (platform.exchange(socket, request.encode(), PATIENCE_MILLIS, LONGEST_ANSWER)) {
      case Exchange.Answered(ReceivedReply reply) -> judge(reply, request.user());
      case Exchange.NoDaemon(String reason) ->
          failed(
              ExitStatus.UNAVAILABLE,
              "no daemon answers on "
                  + socket
                  + " ("
                  + reason
                  + "); start cloud-mdir-sync, or name its socket with --cms_sock");
      case Exchange.Forbidden() ->
          failed(
              ExitStatus.NO_PERMISSION,
              "no permission to use "
                  + socket
                  + "; it takes write permission on the socket and search permission on every directory above it");
      case Exchange.Unfinished(String reason) ->
          failed(
              ExitStatus.TRY_AGAIN, "no whole answer from the daemon on " + socket + ": " + reason);
    };
  }

  private Answer judge(ReceivedReply received, String user) {
    return switch (received) {
      case ReceivedReply.Understood(CredentialReply reply) ->
          switch (reply) {
            case Credential credential -> new Answer.Got(credential);
            case Refusal refusal -> refused(refusal, user);
          };
      case ReceivedReply.Nothing() ->
          new Answer.Silence(
              "no token for "
                  + user
                  + ": the daemon on "
                  + socket
                  + " gave no reason, its log may");
      case ReceivedReply.Garbled() ->
          failed(
              ExitStatus.TRY_AGAIN,
              "the answer on "
                  + socket
                  + " was cut short, or does not come from a credential daemon");
    };
  }

  private static Answer refused(Refusal refusal, String user) {
    String where = refusal.signInUrl().map(url -> "; sign in at " + url).orElse("");
    return new Answer.Failed(
        exitStatus(refusal.kind()),
        Optional.of(refusal.kind()),
        "no token for " + user + ": " + refusal.reason() + where);
  }

  private static int exitStatus(Kind kind) {
    return switch (kind) {
      case SIGN_IN_NEEDED, NOT_ALLOWED -> ExitStatus.NO_PERMISSION;
      case TEMPORARILY_UNAVAILABLE -> ExitStatus.TRY_AGAIN;
      case MISCONFIGURED, UNKNOWN_USER, PROTOCOL_NOT_SERVED -> ExitStatus.CONFIGURATION;
    };
  }

  private static Answer failed(int exitStatus, String why) {
    return new Answer.Failed(exitStatus, Optional.empty(), why);
  }
}
