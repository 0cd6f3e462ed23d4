package org.cloudmdirsync.simulator;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One IMAP session (RFC 9051, SASL-IR RFC 4959) that demands a token.
 *
 * <p>Behind the log-in there is one empty mailbox: enough to show that a token opens it.
 */
final class ImapConversation {
  private final Cloud cloud;
  private final MailFlavour flavour;
  private final MailGate gate;
  private final Wire wire;

  private Optional<String> user = Optional.empty();
  private boolean connected = true;

  ImapConversation(Cloud cloud, MailFlavour flavour, Wire wire) {
    this.cloud = cloud;
    this.flavour = flavour;
    this.gate = new MailGate(cloud, flavour);
    this.wire = wire;
  }

  void hold() throws IOException {
    cloud.counters().count("imap-connections");
    if (!faulty("imap.connect", "*")) {
      wire.send(flavour.imapGreeting());
    }
    try {
      while (true) {
        command(wire.readLine());
      }
    } catch (EOFException _) {
      wire.close();
    }
  }

  private void command(String line) throws IOException {
    String[] words = line.split(" ", 3);
    if (words.length < 2) {
      wire.send("* BAD A command has a tag and a name");
      return;
    }
    String tag = words[0];
    String verb = words[1].toUpperCase(Locale.ROOT);
    String rest = words.length > 2 ? words[2] : "";
    if (faulty("imap." + verb.toLowerCase(Locale.ROOT), tag)) {
      return;
    }
    switch (verb) {
      case "CAPABILITY" -> wire.send("* CAPABILITY " + capabilities(), ok(tag, verb));
      case "NOOP" -> wire.send(ok(tag, verb));
      case "LOGOUT" -> logout(tag);
      case "STARTTLS" -> startTls(tag);
      case "AUTHENTICATE" -> authenticate(tag, rest);
      case "LOGIN" -> wire.send(tag + " NO LOGIN is disabled: use AUTHENTICATE with a token");
      case "SELECT", "EXAMINE" -> mailbox(tag, verb, rest);
      case "LIST", "LSUB" -> list(tag, verb, rest);
      case "STATUS", "CLOSE", "UNSELECT", "ID", "NAMESPACE" -> afterLogin(tag, verb);
      default -> wire.send(tag + " BAD Command not known here");
    }
  }

  private String capabilities() {
    if (!wire.encrypted()) {
      return "IMAP4rev1 STARTTLS LOGINDISABLED";
    }
    boolean initial = cloud.switches().text(Switch.IMAP_INITIAL_RESPONSE).equals("accept");
    String mechanisms =
        flavour.mechanisms().stream()
            .map(mechanism -> "AUTH=" + mechanism)
            .collect(Collectors.joining(" "));
    return "IMAP4rev1 "
        + (user.isPresent() ? "" : mechanisms + (initial ? " SASL-IR " : " "))
        + "ID UNSELECT NAMESPACE";
  }

  private void logout(String tag) throws IOException {
    wire.send("* BYE Until next time", ok(tag, "LOGOUT"));
    throw new EOFException("LOGOUT");
  }

  private void startTls(String tag) throws IOException {
    if (wire.encrypted()) {
      wire.send(tag + " BAD Already in TLS");
      return;
    }
    wire.send(ok(tag, "STARTTLS"));
    wire.startTls(cloud.mailTls());
  }

  private void authenticate(String tag, String rest) throws IOException {
    String[] words = rest.split(" ", 2);
    Optional<SaslLogin.Mechanism> mechanism =
        SaslLogin.Mechanism.named(words[0]).filter(flavour.mechanisms()::contains);
    boolean initial = words.length > 1;
    if (!wire.encrypted()) {
      wire.send(tag + " NO [PRIVACYREQUIRED] Use STARTTLS first");
    } else if (user.isPresent()) {
      wire.send(tag + " BAD Already authenticated");
    } else if (mechanism.isEmpty()) {
      wire.send(tag + " NO Unsupported authentication mechanism");
    } else if (initial && cloud.switches().text(Switch.IMAP_INITIAL_RESPONSE).equals("refuse")) {
      wire.send(tag + " BAD An initial response needs SASL-IR");
    } else {
      credentials(tag, mechanism.get(), initial ? words[1] : askForCredentials());
    }
  }

  private String askForCredentials() throws IOException {
    wire.send("+ ");
    return wire.readLine();
  }

  private void credentials(String tag, SaslLogin.Mechanism mechanism, String line)
      throws IOException {
    int limit = cloud.switches().number(Switch.IMAP_LINE_LIMIT);
    Optional<byte[]> message = SaslLogin.decode(line);
    if (limit > 0 && line.length() + 2 > limit) {
      wire.send(tag + " BAD Line too long");
      return;
    }
    if (line.equals("*") || message.isEmpty()) {
      wire.send(tag + (line.equals("*") ? " BAD Cancelled" : " BAD Cannot decode base64"));
      return;
    }
    Optional<SaslLogin> login = SaslLogin.parse(mechanism, message.get());
    MailGate.Verdict verdict = gate.imap(mechanism, login);
    if (!faulty("imap.credentials", tag)) {
      answer(tag, mechanism, login, verdict);
    }
  }

  private void answer(
      String tag,
      SaslLogin.Mechanism mechanism,
      Optional<SaslLogin> login,
      MailGate.Verdict verdict)
      throws IOException {
    // Exchange lets a good token in even for another mailbox, and complains afterwards.
    boolean elsewhere = verdict == MailGate.Verdict.WRONG_USER && flavour == MailFlavour.OFFICE365;
    if (verdict != MailGate.Verdict.WELCOME && !elsewhere) {
      carryOut(flavour.imapRefusal(mechanism), tag);
      return;
    }
    user = login.map(SaslLogin::user);
    connected = !elsewhere && !cloud.switches().on(Switch.IMAP_NOT_CONNECTED);
    wire.send(tag + " " + flavour.imapWelcome(user.orElse("")));
  }

  private void afterLogin(String tag, String verb) throws IOException {
    if (user.isEmpty()) {
      wire.send(tag + " BAD Authenticate first");
    } else if (!connected) {
      wire.send(tag + " BAD User is authenticated but not connected.");
    } else {
      wire.send(ok(tag, verb));
    }
  }

  private void mailbox(String tag, String verb, String rest) throws IOException {
    boolean inbox = rest.replace("\"", "").equalsIgnoreCase("INBOX");
    if (user.isPresent() && connected && !inbox) {
      wire.send(tag + " NO [NONEXISTENT] There is only INBOX");
      return;
    }
    if (user.isPresent() && connected) {
      wire.send(
          "* 0 EXISTS",
          "* 0 RECENT",
          "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)",
          "* OK [UIDVALIDITY 1] UIDs valid",
          "* OK [UIDNEXT 1] Next UID");
    }
    afterLogin(tag, verb);
  }

  private void list(String tag, String verb, String rest) throws IOException {
    boolean root = rest.endsWith("\"\"");
    if (user.isPresent() && connected) {
      wire.send("* " + verb + (root ? " (\\Noselect) \"/\" \"\"" : " () \"/\" INBOX"));
    }
    afterLogin(tag, verb);
  }

  private static String ok(String tag, String verb) {
    return tag + " OK " + verb + " completed.";
  }

  private boolean faulty(String place, String tag) throws IOException {
    Optional<MailFault> fault = cloud.mailFaults().take(List.of(place));
    if (fault.isPresent()) {
      carryOut(fault.get(), tag);
    }
    return fault.isPresent();
  }

  private void carryOut(MailFault fault, String tag) throws IOException {
    switch (fault) {
      case MailFault.Reply(String text) -> wire.send(tag + " " + text);
      case MailFault.ReplyAndDrop(String text) -> {
        wire.send(tag + " " + text);
        throw new EOFException("told to drop the connection");
      }
      case MailFault.Challenge(String json, String text) -> {
        wire.send("+ " + Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)));
        cloud.journal().acknowledgement("imap", wire.readLine());
        wire.send(tag + " " + text);
      }
      case MailFault.Hang() -> wire.hang();
      case MailFault.Reset() -> wire.reset();
    }
  }
}
