package org.cloudmdirsync.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.account.Grant;
import org.cloudmdirsync.account.StoredSignIn;
import org.cloudmdirsync.dialogue.Server;
import org.cloudmdirsync.doctor.Finding.Failed;
import org.cloudmdirsync.doctor.Finding.Fault;
import org.cloudmdirsync.doctor.Finding.Passed;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.provider.Whereabouts;

/** One account: its stored sign-in, and for each use its token and its mail server. */
final class AccountChecks {
  private final Account account;
  private final Patient patient;
  private final Function<Patient.Socket, Check> daemon;
  private final Diagnosis diagnosis;
  private final Authorities authorities;

  AccountChecks(
      Account account,
      Patient patient,
      Function<Patient.Socket, Check> daemon,
      Authorities authorities,
      Diagnosis diagnosis) {
    this.account = account;
    this.patient = patient;
    this.daemon = daemon;
    this.diagnosis = diagnosis;
    this.authorities = authorities;
  }

  List<Check> all() {
    List<Check> checks = new ArrayList<>();
    checks.add(new Check("stored sign-in", account.user(), List.of(), this::stored));
    for (Protocol protocol : List.of(Protocol.SMTP, Protocol.IMAP, Protocol.POP)) {
      patient.serving(account, protocol).ifPresent(socket -> checks.addAll(use(protocol, socket)));
    }
    return checks;
  }

  private List<Check> use(Protocol protocol, Patient.Socket socket) {
    TokenChecks token = new TokenChecks(account, protocol, socket, daemon.apply(socket), diagnosis);
    List<Check> checks = new ArrayList<>(token.all());
    checks.addAll(mail(protocol, token));
    return checks;
  }

  private List<Check> mail(Protocol protocol, TokenChecks token) {
    return switch (protocol) {
      case SMTP -> mail(MailChecks.Kind.SMTP, protocol, token);
      case IMAP -> mail(MailChecks.Kind.IMAP, protocol, token);
      case POP, MAILBOX -> List.of();
    };
  }

  private List<Check> mail(MailChecks.Kind kind, Protocol protocol, TokenChecks token) {
    return server(protocol)
        .map(server ->
            new MailChecks(kind, server, authorities, diagnosis)
                .all(account.user(), token.tokenCheck(), token::credential))
        .orElseGet(() ->
            List.of(
                Check.skipped(
                    kind + " server",
                    account.user(),
                    "not known for this provider; name it with --%s HOST:PORT"
                        .formatted(kind == MailChecks.Kind.SMTP ? "smtp" : "imap"))));
  }

  private Optional<Server> server(Protocol protocol) {
    Map<Protocol, Server> named = patient.servers();
    Whereabouts whereabouts = Whereabouts.of(account.provider());
    return Optional.ofNullable(named.get(protocol))
        .or(() ->
            switch (protocol) {
              case SMTP -> whereabouts.smtp().flatMap(MailPlaces::smtp);
              case IMAP -> whereabouts.imap().flatMap(MailPlaces::imap);
              case POP, MAILBOX -> Optional.empty();
            });
  }

  private Finding stored() {
    return switch (account.grant()) {
      case Grant.Person() ->
          patient
              .stored()
              .apply(account)
              .map(this::atRest)
              .orElseGet(() -> new Finding.Skipped("the state directory is another user's"));
      case Grant.ClientSecret() -> new Passed("not needed: the app asks for itself");
      case Grant.Certificate(Path certificate, Path key) -> readable(certificate, key);
      case Grant.ServiceAccount(Path keyFile) -> readable(keyFile);
    };
  }

  private Finding atRest(StoredSignIn stored) {
    return switch (stored) {
      case StoredSignIn.AtRest() ->
          new Passed("there and readable; not used here, since that might replace it");
      case StoredSignIn.InUse() -> new Passed("in use by a daemon at this moment");
      case StoredSignIn.Absent() -> absent();
      case StoredSignIn.NoDirectory(Path directory) ->
          isServed()
              ? new Finding.Skipped(
                  "there is no %s, yet a daemon runs: its environment names another place, and only cfg.state_dir counts for both"
                      .formatted(directory))
              : absent();
      case StoredSignIn.Unreadable(String reason) ->
          Failed.of(
              Fault.UNAVAILABLE,
              "The stored sign-in cannot be read: " + reason + ".",
              "Restore it from a backup, or sign in again: cloud-mdir-sync login "
                  + account.user());
    };
  }

  private Failed absent() {
    return Failed.of(
        Fault.NO_PERMISSION,
        "Nobody is signed in as " + account.user() + ".",
        "While the daemon runs: cloud-mdir-sync login %s, or sign in on its page."
            .formatted(account.user()));
  }

  /** A daemon makes its directory when it starts. */
  private boolean isServed() {
    return patient.serving(account).anyMatch(it -> Inquiry.silence(it.path()).isEmpty());
  }

  private static Finding readable(Path... files) {
    return Stream.of(files)
        .filter(file -> !Files.isReadable(file))
        .findFirst()
        .<Finding>map(file ->
            Failed.of(
                Fault.CONFIGURATION,
                file + " is not there, or may not be read.",
                "Correct the configuration, or the file's owner and mode: ls -l " + file))
        .orElseGet(() -> new Passed("not needed: the app asks for itself, and its key is there"));
  }
}
