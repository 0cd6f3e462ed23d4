package org.cloudmdirsync.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.cloudmdirsync.credential.CredentialReply.Credential;
import org.cloudmdirsync.dialogue.Outcome;
import org.cloudmdirsync.dialogue.Reception;
import org.cloudmdirsync.dialogue.Server;
import org.cloudmdirsync.doctor.Finding.Failed;
import org.cloudmdirsync.doctor.Finding.Fault;
import org.cloudmdirsync.doctor.Finding.Passed;
import org.cloudmdirsync.imap.ImapClient;
import org.cloudmdirsync.smtp.SmtpClient;
import org.cloudmdirsync.tls.Trust;

/** A mail server: is it reachable and secure, does it take tokens, does it take this one. */
final class MailChecks {
  /** For each answer; Microsoft delays a refusal by about 5 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Set<String> FOR_TOKENS = Set.of("XOAUTH2", "OAUTHBEARER");

  /** Whose door it is. */
  enum Kind {
    SMTP,
    IMAP
  }

  private final Kind kind;
  private final Server server;
  private final Authorities authorities;
  private final Trust system;
  private final Diagnosis diagnosis;
  private Set<String> mechanisms = Set.of();

  MailChecks(Kind kind, Server server, Authorities authorities, Diagnosis diagnosis) {
    this.kind = kind;
    this.server = server;
    this.authorities = authorities;
    this.system = authorities.trust();
    this.diagnosis = diagnosis;
  }

  /**
   * The checks in their order.
   *
   * @param token what the sign-in needs, and what obtained it
   */
  List<Check> all(String user, Check token, Supplier<Optional<Credential>> credential) {
    String where = server.authority();
    Check reachable =
        new Check(kind + " server", where, List.of(authorities.check()), () -> reachable(user));
    Check offers = new Check(kind + " mechanisms", where, List.of(reachable), this::offers);
    Check signIn =
        new Check(
            kind + " sign-in",
            where,
            List.of(offers, token),
            () -> credential.get().map(this::signIn).orElseThrow());
    return List.of(reachable, offers, signIn);
  }

  private Finding reachable(String user) {
    ShownCertificates shown = new ShownCertificates();
    Trust trust = system.watchedBy(shown);
    Reception reception =
        switch (kind) {
          case SMTP -> new SmtpClient(trust, PATIENCE, MailChecks::unheard).look(server);
          case IMAP -> new ImapClient(trust, PATIENCE, MailChecks::unheard).look(server);
        };
    return switch (reception) {
      case Reception.Open(String encryption, Set<String> offered) -> {
        mechanisms = new TreeSet<>(offered);
        yield new Passed(encryption + shown.words());
      }
      case Reception.Closed(Outcome outcome) ->
          shown
              .failure(trust, server.host())
              .<Finding>map(it -> it)
              .orElseGet(() -> finding(outcome, user));
    };
  }

  /** The dialogue is nobody's business here. */
  private static void unheard(String line) {}

  private Finding offers() {
    String offered = mechanisms.isEmpty() ? "nothing" : String.join(" ", mechanisms);
    return mechanisms.stream().anyMatch(FOR_TOKENS::contains)
        ? new Passed(offered)
        : Failed.of(
            Fault.UNAVAILABLE,
            "%s offers %s to sign in with, and no way to use a token."
                .formatted(server.authority(), offered),
            "Check that this is your provider's server for mail programs.");
  }

  private Finding signIn(Credential credential) {
    String user = credential.saslUser();
    return finding(
        switch (kind) {
          case SMTP ->
              new SmtpClient(system, PATIENCE, MailChecks::unheard)
                  .test(server, user, credential.accessToken());
          case IMAP ->
              new ImapClient(system, PATIENCE, MailChecks::unheard)
                  .test(server, user, credential.accessToken());
        },
        user);
  }

  private Finding finding(Outcome outcome, String user) {
    return switch (outcome) {
      case Outcome.Accepted(String said) -> new Passed(said);
      case Outcome.Refused(String said, var explanation) ->
          diagnosis.outcome(said, explanation, user);
      case Outcome.Unavailable unavailable -> diagnosis.unavailable(unavailable, remedy(), user);
    };
  }

  private String remedy() {
    return "See that the network lets port %d out, to mail servers as well (it does not go through"
            .formatted(server.port())
        + " HTTPS_PROXY): nc -vz "
        + server.host()
        + " "
        + server.port();
  }
}
