package org.cloudmdirsync.credential;

import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.cloudmdirsync.credential.CredentialReply.Kind;
import org.cloudmdirsync.credential.CredentialReply.Refusal;
import org.cloudmdirsync.unix.Peer;

/**
 * The function that answers, kept from doing harm: a bug in it is logged, and a refusal for the
 * client.
 *
 * @param answers see {@link CredentialServer#open}
 * @param encoder makes bytes of what they say
 */
record Answering(BiFunction<Peer, CredentialRequest, CredentialAnswer> answers, Encoder encoder) {
  private static final System.Logger LOG = System.getLogger(Answering.class.getName());

  CredentialAnswer answer(Peer peer, CredentialRequest request) {
    try {
      return answers.apply(peer, request);
    } catch (RuntimeException bug) {
      return new CredentialAnswer.Ready(internalError(request, bug));
    }
  }

  /** The reply's bytes; blocks when it has to be waited for. */
  byte[] bytes(CredentialAnswer answer, CredentialRequest request) {
    try {
      return switch (answer) {
        case CredentialAnswer.Ready(CredentialReply reply) -> encoder.encode(reply, request);
        case CredentialAnswer.Awaited(Supplier<CredentialReply> reply) ->
            encoder.encode(reply.get(), request);
      };
    } catch (RuntimeException bug) {
      return internalError(request, bug).encode(request);
    }
  }

  /** On a thread of its own: whoever reads the log may be slow, and we may be accepting clients. */
  private static Refusal internalError(CredentialRequest request, RuntimeException bug) {
    String what = "no answer for " + request.protocol() + " " + request.user();
    Thread.startVirtualThread(() -> LOG.log(Level.ERROR, what, bug));
    return new Refusal(
        Kind.TEMPORARILY_UNAVAILABLE,
        "internal error; the daemon's log says more",
        Optional.empty());
  }
}
