package org.cloudmdirsync.smtp;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.cloudmdirsync.dialogue.PythonText;
import org.cloudmdirsync.dialogue.Redaction;
import org.cloudmdirsync.dialogue.Wire;
import org.cloudmdirsync.secret.Secret;

/** Commands and replies on a wire, with a transcript in smtplib's style that holds no secret. */
final class SmtpDialogue {
  private final Wire wire;
  private final Consumer<String> transcript;
  private Redaction redaction = Redaction.none();

  SmtpDialogue(Wire wire, Consumer<String> transcript) {
    this.wire = wire;
    this.transcript = transcript;
  }

  Wire wire() {
    return wire;
  }

  /** From now on these are taken out of whatever the server says. */
  void redact(Redaction secrets) {
    redaction = secrets;
  }

  SmtpReply command(String line) throws IOException {
    return send(line, line);
  }

  /** Sends a command whose end is secret. */
  SmtpReply command(String shown, Secret rest) throws IOException {
    int length = rest.expose().length();
    return send(shown + rest.expose(), shown + "<redacted: " + length + " characters>");
  }

  private SmtpReply send(String line, String shown) throws IOException {
    transcript.accept("send: " + PythonText.text(shown + "\r\n"));
    wire.write(line + "\r\n");
    return reply();
  }

  /** EHLO with an address literal (RFC 5321 section 4.1.3): a host name would tell on the user. */
  SmtpReply ehlo() throws IOException {
    InetAddress address = wire.localAddress();
    String text = address.getHostAddress().replaceFirst("%.*", "");
    return command("ehlo [" + (address instanceof Inet6Address ? "IPv6:" : "") + text + "]");
  }

  /** A message's bytes, ready for the wire; the transcript says how many. */
  SmtpReply data(byte[] stuffed) throws IOException {
    transcript.accept("data: " + stuffed.length + " bytes");
    wire.write(stuffed);
    return reply();
  }

  SmtpReply reply() throws IOException {
    SmtpReply.Parser parser = new SmtpReply.Parser();
    Optional<SmtpReply> reply = Optional.empty();
    while (reply.isEmpty()) {
      String line = redaction.apply(wire.readLine(SmtpReply.MAX_LINE));
      transcript.accept("reply: " + PythonText.bytes(line));
      reply = parser.add(line);
    }
    SmtpReply whole = reply.get();
    String message = PythonText.bytes(String.join("\n", whole.lines()));
    transcript.accept("reply: retcode (" + whole.code() + "); Msg: " + message);
    return whole;
  }

  /**
   * Says goodbye, whatever comes of it. Not in the transcript: the last line there is to be the one
   * that matters.
   */
  void quit() {
    wire.goodbye("QUIT\r\n");
  }
}
