package org.cloudmdirsync.client;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.cloudmdirsync.dialogue.Explanation;
import org.cloudmdirsync.dialogue.Outcome;
import org.cloudmdirsync.dialogue.Server;
import org.cloudmdirsync.imap.ImapClient;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.smtp.SmtpClient;
import org.cloudmdirsync.tls.Trust;

/**
 * {@code --test-smtp} and {@code --test-imap}: tries a token on a mail server and shows the
 * dialogue as Python's smtplib and imaplib do, with the token redacted.
 *
 * <p>It opens sockets, so only the JVM's entry point may reach it, never the native client's.
 */
public final class MailTrial {
  /** For connecting and for each answer; Microsoft delays a refusal by about 5 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int OK = 0;
  private static final int EX_UNAVAILABLE = 69;
  private static final int EX_TEMPFAIL = 75;
  private static final int EX_NOPERM = 77;

  private MailTrial() {}

  /** A server to try a token on. */
  public sealed interface Target {
    Server server();

    /** An SMTP submission server. */
    record Smtp(Server server) implements Target {}

    /** An IMAP server. */
    record Imap(Server server) implements Target {}

    /**
     * Reads {@code HOST[:PORT]}: STARTTLS on port 587 if none is given, implicit TLS on port 465
     * and on no other.
     *
     * @return empty when the text is not of that form
     */
    static Optional<Target> smtp(String place) {
      return Server.Place.parse(place)
          .map(at -> {
            int port = at.port().orElse(587);
            return new Smtp(
                new Server(
                    at.host(),
                    port,
                    port == 465 ? Server.Encryption.IMPLICIT : Server.Encryption.STARTTLS));
          });
    }

    /**
     * Reads {@code HOST[:PORT]}: implicit TLS on port 993 if none is given, STARTTLS on port 143
     * and on no other.
     *
     * @return empty when the text is not of that form
     */
    static Optional<Target> imap(String place) {
      return Server.Place.parse(place)
          .map(at -> {
            int port = at.port().orElse(993);
            return new Imap(
                new Server(
                    at.host(),
                    port,
                    port == 143 ? Server.Encryption.STARTTLS : Server.Encryption.IMPLICIT));
          });
    }
  }

  /**
   * Runs the trial.
   *
   * @param saslUser the mailbox named to the server
   * @param environment for {@code $SSL_CERT_FILE} and {@code $SSL_CERT_DIR}
   * @param err gets the dialogue, and after a failure what it means and what to do
   * @return the exit status: 0 accepted; 77 refused for good; 75 not now; 69 no connection, no TLS,
   *     or a server that takes no tokens
   */
  public static int run(
      Target target,
      String saslUser,
      Secret token,
      Map<String, String> environment,
      PrintStream err) {
    return run(target, saslUser, token, environment, err, InstantSource.system());
  }

  static int run(
      Target target,
      String saslUser,
      Secret token,
      Map<String, String> environment,
      PrintStream err,
      InstantSource clock) {
    Trust trust = Trust.system(environment);
    Outcome outcome =
        switch (target) {
          case Target.Smtp(Server server) ->
              new SmtpClient(trust, PATIENCE, err::println).test(server, saslUser, token);
          case Target.Imap(Server server) ->
              new ImapClient(trust, PATIENCE, line -> err.println(stamp(clock) + line))
                  .test(server, saslUser, token);
        };
    return conclude(target.server(), saslUser, outcome, err);
  }

  /** The time as imaplib writes it: minutes, seconds and hundredths. */
  private static String stamp(InstantSource clock) {
    LocalTime now = LocalTime.ofInstant(clock.instant(), ZoneId.systemDefault());
    return now.format(DateTimeFormatter.ofPattern("'  'mm:ss.SS' '"));
  }

  private static int conclude(Server server, String saslUser, Outcome outcome, PrintStream err) {
    return switch (outcome) {
      case Outcome.Accepted _ -> OK;
      case Outcome.Refused(String said, Explanation why) -> {
        err.println("cms-oauth: " + server.authority() + " refused " + saslUser + ": " + said);
        explain(why, err);
        yield why.kind() == Explanation.Kind.SERVER ? EX_UNAVAILABLE : EX_NOPERM;
      }
      case Outcome.Unavailable(Outcome.Cause cause, String reason, Optional<Explanation> why) -> {
        err.println("cms-oauth: " + server.authority() + " cannot be tried now: " + reason);
        why.ifPresent(known -> explain(known, err));
        yield switch (cause) {
          case CONNECTION, TLS -> EX_UNAVAILABLE;
          case SERVER -> EX_TEMPFAIL;
        };
      }
    };
  }

  private static void explain(Explanation why, PrintStream err) {
    err.println("  " + why.meaning());
    err.println("  " + why.remedy());
  }
}
