package org.cloudmdirsync.doctor;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.credential.CredentialReply.Credential;
import org.cloudmdirsync.credential.CredentialReply.Refusal;
import org.cloudmdirsync.credential.CredentialRequest;
import org.cloudmdirsync.credential.ReceivedReply;
import org.cloudmdirsync.credential.ReceivedReply.Garbled;
import org.cloudmdirsync.credential.ReceivedReply.Nothing;
import org.cloudmdirsync.credential.ReceivedReply.Understood;
import org.cloudmdirsync.doctor.Finding.Failed;
import org.cloudmdirsync.doctor.Finding.Fault;
import org.cloudmdirsync.doctor.Finding.Passed;
import org.cloudmdirsync.oauth.AccessTokenClaims;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.provider.Whereabouts;

/** The token for one use: whether the daemon has one, what it is good for and whom it is for. */
final class TokenChecks {
  private final Account account;
  private final Protocol protocol;
  private final Patient.Socket socket;
  private final Diagnosis diagnosis;
  private final Check token;
  private final Check scopes;
  private final Check audience;
  private Optional<Credential> credential = Optional.empty();

  TokenChecks(
      Account account,
      Protocol protocol,
      Patient.Socket socket,
      Check daemon,
      Diagnosis diagnosis) {
    this.account = account;
    this.protocol = protocol;
    this.socket = socket;
    this.diagnosis = diagnosis;
    this.token = new Check(protocol + " token", account.user(), List.of(daemon), this::token);
    this.scopes = new Check(protocol + " scopes", account.user(), List.of(token), this::scopes);
    this.audience =
        new Check(protocol + " audience", account.user(), List.of(token), this::audience);
  }

  List<Check> all() {
    return List.of(token, scopes, audience);
  }

  Check tokenCheck() {
    return token;
  }

  /** The token at hand once it has been obtained. */
  Optional<Credential> credential() {
    return credential;
  }

  private Finding token() {
    CredentialRequest request =
        new CredentialRequest(
            protocol.name(),
            List.of(CredentialRequest.TYPED, CredentialRequest.EXPIRY),
            account.user());
    try {
      return finding(Inquiry.ask(socket.path(), request));
    } catch (IOException e) {
      return Failed.of(
          Fault.TRY_AGAIN,
          "The daemon on " + socket.path() + " gave no whole answer: " + e.getMessage() + ".",
          "See its log: journalctl --user -u cloud-mdir-sync");
    }
  }

  private Finding finding(ReceivedReply received) {
    return switch (received) {
      case Understood(Credential got) -> {
        credential = Optional.of(got);
        yield new Passed("good" + life(got));
      }
      case Understood(Refusal refusal) -> diagnosis.refusal(refusal, account.user());
      case Nothing() ->
          Failed.of(
              Fault.TRY_AGAIN,
              "The daemon on " + socket.path() + " has no token and gave no reason.",
              "It is not this program's; see its log.");
      case Garbled() ->
          Failed.of(
              Fault.TRY_AGAIN,
              "The answer on " + socket.path() + " was cut short, or is no daemon's.",
              "See what listens there: ss -xlp");
    };
  }

  private static String life(Credential got) {
    return got.expires().isPresent()
        ? " for "
            + Duration.between(Instant.now(), Instant.ofEpochSecond(got.expires().getAsLong()))
                .toMinutes()
            + " minutes"
        : "";
  }

  private Optional<AccessTokenClaims> claims() {
    return credential.flatMap(got -> AccessTokenClaims.read(got.accessToken()));
  }

  private Finding scopes() {
    List<String> granted = claims().map(AccessTokenClaims::scope).orElse(List.of());
    List<String> needed = account.scopes().getOrDefault(protocol, List.of());
    if (granted.isEmpty()) {
      return new Passed("granted, as the daemon found; the token does not say");
    }
    return needed.stream()
        .filter(scope -> !scope.endsWith("/.default"))
        .filter(scope -> granted.stream().noneMatch(one -> shortName(one).equals(shortName(scope))))
        .findFirst()
        .<Finding>map(missing ->
            Failed.of(
                Fault.NO_PERMISSION,
                "The token is good for %s, but not for %s, which %s needs."
                    .formatted(String.join(" ", granted), missing, protocol),
                "Add that permission to the app's registration, then sign in again and allow"
                    + " everything that is asked."))
        .orElseGet(() -> new Passed(String.join(" ", granted)));
  }

  /** Tokens name scopes without their resource, which is the audience. */
  private static String shortName(String scope) {
    return scope.substring(scope.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }

  private Finding audience() {
    List<String> audiences = claims().map(AccessTokenClaims::audience).orElse(List.of());
    List<String> expected = Whereabouts.of(account.provider()).audiences();
    if (audiences.isEmpty() || expected.isEmpty()) {
      return new Passed("the token does not say");
    }
    return audiences.stream().anyMatch(one -> expected.contains(one.replaceFirst("/$", "")))
        ? new Passed(String.join(" ", audiences))
        : Failed.of(
            Fault.CONFIGURATION,
            "The token is for %s; mail servers want one for %s."
                .formatted(String.join(" ", audiences), expected.getFirst()),
            "Write the scope with its resource, or leave scopes= out of the account: scopes={\"%s\":"
                    .formatted(protocol)
                + " [\"%s\"]}".formatted(usualScope()));
  }

  private String usualScope() {
    return org.cloudmdirsync.provider.Providers.named(account.provider().name())
        .map(usual -> String.join("\", \"", usual.scopes().getOrDefault(protocol, List.of())))
        .orElse("…");
  }
}
