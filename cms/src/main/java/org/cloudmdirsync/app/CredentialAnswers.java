package org.cloudmdirsync.app;

import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.account.Accounts;
import org.cloudmdirsync.account.TokenAnswer;
import org.cloudmdirsync.account.TokenKeeper;
import org.cloudmdirsync.audit.Audit;
import org.cloudmdirsync.audit.Doorkeeper;
import org.cloudmdirsync.config.Configuration.CredentialSocket;
import org.cloudmdirsync.credential.CredentialAnswer;
import org.cloudmdirsync.credential.CredentialAnswer.Awaited;
import org.cloudmdirsync.credential.CredentialAnswer.Ready;
import org.cloudmdirsync.credential.CredentialReply;
import org.cloudmdirsync.credential.CredentialReply.Credential;
import org.cloudmdirsync.credential.CredentialReply.Kind;
import org.cloudmdirsync.credential.CredentialReply.Refusal;
import org.cloudmdirsync.credential.CredentialRequest;
import org.cloudmdirsync.log.LogQueue;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.unix.Peer;

/**
 * What one credential socket answers: whether it serves this user for this protocol, and the token.
 *
 * @param socket which accounts and protocols it serves
 * @param doorkeeper who may ask
 * @param audit hears of every answer
 * @param log takes lines without waiting
 * @param accounts where the tokens are
 * @param webUrl where people sign in
 * @param length warns of tokens that are too long for some programs
 */
record CredentialAnswers(
    CredentialSocket socket,
    Doorkeeper doorkeeper,
    Audit audit,
    LogQueue log,
    Accounts accounts,
    URI webUrl,
    LengthWarning length)
    implements BiFunction<Peer, CredentialRequest, CredentialAnswer> {

  /** Under the socket's own limit of 4 s, which is under exim's of 5 s. */
  private static final Duration PATIENCE = Duration.ofMillis(3_500);

  @Override
  public CredentialAnswer apply(Peer peer, CredentialRequest request) {
    Optional<Refusal> away = doorkeeper.turnsAway(peer);
    if (away.isPresent()) {
      boolean tooOften = away.get().kind() == Kind.TEMPORARILY_UNAVAILABLE;
      String outcome = tooOften ? "too-often" : away.get().kind().word();
      audit.answered(socket.path(), peer, request, outcome, /* served= */ false);
      return new Ready(away.get());
    }
    return switch (answer(request)) {
      case Ready(CredentialReply reply) -> new Ready(noted(peer, request, reply));
      case Awaited(Supplier<CredentialReply> reply) ->
          new Awaited(() -> noted(peer, request, reply.get()));
    };
  }

  private CredentialReply noted(Peer peer, CredentialRequest request, CredentialReply reply) {
    switch (reply) {
      case Credential _ -> audit.answered(socket.path(), peer, request, "token", true);
      case Refusal refusal -> {
        boolean served =
            refusal.kind() != Kind.UNKNOWN_USER && refusal.kind() != Kind.PROTOCOL_NOT_SERVED;
        audit.answered(socket.path(), peer, request, refusal.kind().word(), served);
      }
    }
    log.log(
        Level.DEBUG,
        () ->
            "socket request on %s: %s %s: %s"
                .formatted(socket.path(), request.protocol(), request.user(), outcome(reply)));
    return reply;
  }

  private static String outcome(CredentialReply reply) {
    return switch (reply) {
      case Credential _ -> "a token";
      case Refusal refusal -> "refused, " + refusal.kind() + ": " + refusal.reason();
    };
  }

  private CredentialAnswer answer(CredentialRequest request) {
    Optional<Protocol> protocol = servedProtocol(request.protocol());
    if (protocol.isEmpty()) {
      return new Ready(
          refusal(
              Kind.PROTOCOL_NOT_SERVED,
              "%s is not served on this socket; see protocols= of its CredentialServer"
                  .formatted(request.protocol())));
    }
    for (Account account : socket.accounts()) {
      if (account.user().equals(request.user())) {
        return answer(account, protocol.get(), request.refused());
      }
    }
    return new Ready(
        refusal(
            Kind.UNKNOWN_USER, "no account %s is served on this socket".formatted(request.user())));
  }

  private CredentialAnswer answer(Account account, Protocol protocol, Optional<String> refused) {
    Optional<TokenKeeper> found = accounts.keeper(account.user());
    if (found.isEmpty()) {
      return new Ready(
          refusal(Kind.TEMPORARILY_UNAVAILABLE, "the configuration is being read again"));
    }
    TokenKeeper keeper = found.get();
    refused.ifPresent(tail -> keeper.refusedByServer(protocol, tail));
    Optional<TokenAnswer.Token> held = keeper.heldToken(protocol);
    return held.isPresent()
        ? new Ready(reply(account, held.get()))
        : new Awaited(() -> reply(account, keeper.token(protocol, PATIENCE)));
  }

  private CredentialReply reply(Account account, TokenAnswer answer) {
    return switch (answer) {
      case TokenAnswer.Token token ->
          length.check(
              new Credential(
                  account.saslUser().orElse(account.user()),
                  token.accessToken(),
                  OptionalLong.of(token.expiry().getEpochSecond())));
      case TokenAnswer.SignInNeeded(String reason) ->
          new Refusal(Kind.SIGN_IN_NEEDED, reason, Optional.of(webUrl.toString()));
      case TokenAnswer.Unavailable(String reason) -> refusal(Kind.TEMPORARILY_UNAVAILABLE, reason);
      case TokenAnswer.Misconfigured(String reason) -> refusal(Kind.MISCONFIGURED, reason);
      case TokenAnswer.NotServed(String reason) -> refusal(Kind.PROTOCOL_NOT_SERVED, reason);
    };
  }

  /** The names on the socket are upper case, as the original's. */
  private Optional<Protocol> servedProtocol(String name) {
    for (Protocol served : socket.protocols()) {
      if (served.name().equals(name)) {
        return Optional.of(served);
      }
    }
    return Optional.empty();
  }

  private static Refusal refusal(Kind kind, String reason) {
    return new Refusal(kind, reason, Optional.empty());
  }
}
