package org.cloudmdirsync.smtp;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.cloudmdirsync.dialogue.Outcome;
import org.cloudmdirsync.dialogue.PythonText;
import org.cloudmdirsync.dialogue.Reception;
import org.cloudmdirsync.dialogue.Server;
import org.cloudmdirsync.dialogue.Wire;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.tls.Trust;

/**
 * Submits mail with a token, or tries whether it could.
 *
 * <p>Each call is one connection: TLS in any case, the certificate verified. The transcript gets
 * the dialogue line by line as Python's smtplib prints it, the token redacted.
 */
public final class SmtpClient {
  private final Trust trust;
  private final Duration patience;
  private final Consumer<String> transcript;

  /**
   * A client.
   *
   * @param patience for connecting, and for each answer
   */
  public SmtpClient(Trust trust, Duration patience, Consumer<String> transcript) {
    this.trust = trust;
    this.patience = patience;
    this.transcript = transcript;
  }

  /** Says hello, and leaves without having shown a token. */
  public Reception look(Server server) {
    try (Wire wire = Wire.open(server, trust, patience)) {
      SmtpDialogue dialogue = new SmtpDialogue(wire, transcript);
      Reception reception =
          switch (Opening.perform(dialogue)) {
            case Opening.Ready(Capabilities offered) ->
                new Reception.Open(wire.encryption(), offered.mechanisms());
            case Opening.Stopped(Outcome outcome) -> new Reception.Closed(outcome);
          };
      dialogue.quit();
      return reception;
    } catch (IOException e) {
      return new Reception.Closed(Outcome.Unavailable.of(e));
    }
  }

  /**
   * Authenticates and leaves.
   *
   * @param user the mailbox named to the server
   */
  public Outcome test(Server server, String user, Secret token) {
    return converse(
        server, (dialogue, offered) -> Authentication.perform(dialogue, offered, user, token));
  }

  /**
   * Sends a message to all its recipients; if the server refuses one of them, to nobody.
   *
   * @param message RFC 5322; line ends may be LF
   */
  public Outcome send(Server server, String user, Secret token, Envelope envelope, byte[] message) {
    return converse(
        server,
        (dialogue, offered) -> {
          Outcome authenticated = Authentication.perform(dialogue, offered, user, token);
          return switch (authenticated) {
            case Outcome.Accepted _ -> new Delivery(dialogue, offered).perform(envelope, message);
            case Outcome.Refused _, Outcome.Unavailable _ -> authenticated;
          };
        });
  }

  /** What is done on a secure connection. */
  @FunctionalInterface
  private interface Errand {
    Outcome run(SmtpDialogue dialogue, Capabilities offered) throws IOException;
  }

  private Outcome converse(Server server, Errand errand) {
    transcript.accept(
        "connect: to (" + PythonText.text(server.host()) + ", " + server.port() + ") None");
    try (Wire wire = Wire.open(server, trust, patience)) {
      SmtpDialogue dialogue = new SmtpDialogue(wire, transcript);
      Outcome outcome =
          switch (Opening.perform(dialogue)) {
            case Opening.Ready ready -> errand.run(dialogue, ready.capabilities());
            case Opening.Stopped stopped -> stopped.outcome();
          };
      dialogue.quit();
      return outcome;
    } catch (IOException e) {
      return Outcome.Unavailable.of(e);
    }
  }
}
