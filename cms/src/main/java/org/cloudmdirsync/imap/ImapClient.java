package org.cloudmdirsync.imap;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.cloudmdirsync.dialogue.Outcome;
import org.cloudmdirsync.dialogue.Reception;
import org.cloudmdirsync.dialogue.Server;
import org.cloudmdirsync.dialogue.Wire;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.tls.Trust;

/**
 * Tries a token on an IMAP server.
 *
 * <p>Each call is one connection: TLS in any case, the certificate verified. The transcript gets
 * the dialogue line by line as Python's imaplib prints it, without the time, the token redacted.
 */
public final class ImapClient {
  private final Trust trust;
  private final Duration patience;
  private final Consumer<String> transcript;

  /**
   * A client.
   *
   * @param patience for connecting, and for each answer
   */
  public ImapClient(Trust trust, Duration patience, Consumer<String> transcript) {
    this.trust = trust;
    this.patience = patience;
    this.transcript = transcript;
  }

  /** Says hello, and leaves without having shown a token. */
  public Reception look(Server server) {
    try (Wire wire = Wire.open(server, trust, patience)) {
      ImapDialogue dialogue = new ImapDialogue(wire, transcript);
      Reception reception =
          switch (Opening.perform(dialogue)) {
            case Opening.Ready ready -> new Reception.Open(wire.encryption(), ready.mechanisms());
            case Opening.Stopped(Outcome outcome) -> new Reception.Closed(outcome);
          };
      dialogue.logout();
      return reception;
    } catch (IOException e) {
      return new Reception.Closed(Outcome.Unavailable.of(e));
    }
  }

  /**
   * Authenticates, opens the inbox and leaves. Opening matters: Microsoft lets users in whose
   * mailbox cannot be used, and says so only then.
   *
   * @param user the mailbox named to the server
   */
  public Outcome test(Server server, String user, Secret token) {
    try (Wire wire = Wire.open(server, trust, patience)) {
      ImapDialogue dialogue = new ImapDialogue(wire, transcript);
      Outcome outcome =
          switch (Opening.perform(dialogue)) {
            case Opening.Ready ready -> signIn(dialogue, ready, user, token);
            case Opening.Stopped stopped -> stopped.outcome();
          };
      dialogue.logout();
      return outcome;
    } catch (IOException e) {
      return Outcome.Unavailable.of(e);
    }
  }

  private static Outcome signIn(
      ImapDialogue dialogue, Opening.Ready ready, String user, Secret token) throws IOException {
    Outcome outcome = Authentication.perform(dialogue, ready.capabilities(), user, token);
    return switch (outcome) {
      case Outcome.Accepted _ -> openInbox(dialogue);
      case Outcome.Refused _, Outcome.Unavailable _ -> outcome;
    };
  }

  private static Outcome openInbox(ImapDialogue dialogue) throws IOException {
    ImapDialogue.Result opened = dialogue.command("SELECT INBOX");
    return opened.isOk() ? new Outcome.Accepted(opened.end().said()) : Verdict.of(opened.end());
  }
}
