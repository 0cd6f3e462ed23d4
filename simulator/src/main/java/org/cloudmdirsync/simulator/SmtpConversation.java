package org.cloudmdirsync.simulator;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One SMTP submission session (RFC 5321, 6409, 4954, 3207) that demands a token. */
final class SmtpConversation {
  private static final int SIZE_LIMIT = 64 << 20;

  private final Cloud cloud;
  private final Mails mails;
  private final MailFlavour flavour;
  private final MailGate gate;
  private final Wire wire;

  private boolean greeted;
  private Optional<String> user = Optional.empty();
  private Optional<String> sender = Optional.empty();
  private final List<String> recipients = new ArrayList<>();

  SmtpConversation(Cloud cloud, Mails mails, MailFlavour flavour, Wire wire) {
    this.cloud = cloud;
    this.mails = mails;
    this.flavour = flavour;
    this.gate = new MailGate(cloud, flavour);
    this.wire = wire;
  }

  void hold() throws IOException {
    cloud.counters().count("smtp-connections");
    if (!faulty("smtp.connect")) {
      wire.send(flavour.smtpGreeting());
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
    int limit = cloud.switches().number(Switch.SMTP_COMMAND_LIMIT);
    if (limit > 0 && line.length() + 2 > limit) {
      wire.send("500 5.5.6 Line too long"); // RFC 5321 section 4.5.3.1.4
      return;
    }
    int space = line.indexOf(' ');
    String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
    String rest = space < 0 ? "" : line.substring(space + 1).trim();
    if (faulty("smtp." + verb.toLowerCase(Locale.ROOT))) {
      return;
    }
    switch (verb) {
      case "EHLO" -> ehlo(rest);
      case "HELO" -> helo();
      case "STARTTLS" -> startTls();
      case "AUTH" -> auth(rest);
      case "MAIL" -> mail(rest);
      case "RCPT" -> rcpt(rest);
      case "DATA" -> data();
      case "RSET" -> reset();
      case "NOOP" -> wire.send("250 2.0.0 OK");
      case "QUIT" -> quit();
      default -> wire.send("500 5.3.3 Unrecognized command");
    }
  }

  private void ehlo(String name) throws IOException {
    greeted = true;
    clearTransaction();
    List<String> lines = new ArrayList<>();
    lines.add("250-simulator Hello " + name);
    List<String> keywords = flavour.ehlo(wire.encrypted());
    for (int i = 0; i < keywords.size(); i++) {
      lines.add((i == keywords.size() - 1 ? "250 " : "250-") + keywords.get(i));
    }
    wire.send(lines.toArray(String[]::new));
  }

  private void helo() throws IOException {
    greeted = true;
    clearTransaction();
    wire.send("250 simulator");
  }

  private void startTls() throws IOException {
    if (wire.encrypted()) {
      wire.send("503 5.5.1 Already in TLS");
      return;
    }
    wire.send("220 2.0.0 SMTP server ready");
    wire.startTls(cloud.mailTls());
    greeted = false; // RFC 3207 section 4.2: all is forgotten
    clearTransaction();
  }

  private void auth(String rest) throws IOException {
    String[] words = rest.split(" ", 2);
    Optional<SaslLogin.Mechanism> mechanism =
        SaslLogin.Mechanism.named(words[0]).filter(flavour.mechanisms()::contains);
    Optional<String> fault = authFault(mechanism, words.length > 1);
    if (fault.isPresent() || mechanism.isEmpty()) {
      wire.send(fault.orElse("504 5.7.4 Unrecognized authentication type"));
      return;
    }
    String line = words.length > 1 ? words[1] : askForCredentials();
    int limit = cloud.switches().number(Switch.SMTP_LINE_LIMIT);
    if (words.length == 1 && limit > 0 && line.length() + 2 > limit) {
      wire.send("500 5.5.6 Authentication exchange line is too long"); // RFC 4954 section 4
      return;
    }
    credentials(mechanism.get(), line);
  }

  private String askForCredentials() throws IOException {
    wire.send(cloud.switches().on(Switch.SMTP_CHALLENGE_SPACE) ? "334 " : "334");
    return wire.readLine();
  }

  private Optional<String> authFault(Optional<SaslLogin.Mechanism> mechanism, boolean initial) {
    if (!wire.encrypted()) {
      return Optional.of("538 5.7.11 Encryption required: use STARTTLS first");
    }
    if (!greeted || sender.isPresent()) {
      return Optional.of("503 5.5.1 Bad sequence of commands");
    }
    if (user.isPresent()) {
      return Optional.of("503 5.5.1 Already authenticated");
    }
    if (mechanism.isEmpty()) {
      return Optional.of("504 5.7.4 Unrecognized authentication type");
    }
    String rule = cloud.switches().text(Switch.SMTP_INITIAL_RESPONSE);
    if (rule.equals("refuse") && initial) {
      return Optional.of("501 5.5.4 An initial response is not supported");
    }
    return rule.equals("demand") && !initial
        ? Optional.of("501 5.5.4 An initial response is required")
        : Optional.empty();
  }

  private void credentials(SaslLogin.Mechanism mechanism, String line) throws IOException {
    if (line.equals("*")) {
      wire.send("501 5.7.0 Authentication cancelled");
      return;
    }
    Optional<byte[]> message = SaslLogin.decode(line);
    if (message.isEmpty()) {
      wire.send("501 5.5.2 Cannot decode base64");
      return;
    }
    Optional<SaslLogin> login = SaslLogin.parse(mechanism, message.get());
    MailGate.Verdict verdict = gate.smtp(mechanism, login);
    if (faulty("smtp.credentials")) {
      return;
    }
    if (verdict == MailGate.Verdict.WELCOME) {
      user = login.map(SaslLogin::user);
      wire.send(flavour.smtpWelcome());
    } else {
      carryOut(flavour.smtpRefusal(mechanism));
    }
  }

  private void mail(String rest) throws IOException {
    Optional<String> path = path("FROM:", rest);
    if (user.isEmpty()) {
      wire.send(
          flavour == MailFlavour.OFFICE365
              ? "530 5.7.57 Client not authenticated to send mail."
              : "530 5.7.0 Authentication Required.");
    } else if (sender.isPresent()) {
      wire.send("503 5.5.1 Sender already given");
    } else if (path.isEmpty()) {
      wire.send("501 5.5.4 Syntax: MAIL FROM:<address>");
    } else {
      sender = path;
      wire.send("250 2.1.0 Sender OK");
    }
  }

  private void rcpt(String rest) throws IOException {
    Optional<String> path = path("TO:", rest);
    if (sender.isEmpty()) {
      wire.send("503 5.5.1 MAIL first");
    } else if (path.isEmpty() || path.get().isEmpty()) {
      wire.send("501 5.5.4 Syntax: RCPT TO:<address>");
    } else {
      recipients.add(path.get());
      wire.send("250 2.1.5 Recipient OK");
    }
  }

  private static Optional<String> path(String keyword, String rest) {
    int open = rest.indexOf('<');
    int close = rest.indexOf('>');
    boolean formed =
        rest.regionMatches(true, 0, keyword, 0, keyword.length()) && open >= 0 && close > open;
    return formed ? Optional.of(rest.substring(open + 1, close)) : Optional.empty();
  }

  private void data() throws IOException {
    if (recipients.isEmpty()) {
      wire.send("503 5.5.1 RCPT first");
      return;
    }
    wire.send("354 Start mail input; end with <CRLF>.<CRLF>");
    byte[] content = readContent();
    if (!faulty("smtp.content")) {
      wire.send(accept(content));
    }
    clearTransaction();
  }

  private String accept(byte[] content) {
    String from = sender.orElse("");
    String login = user.orElse("");
    if (content.length > SIZE_LIMIT) {
      return "552 5.3.4 Message too big";
    }
    if (cloud.switches().on(Switch.SMTP_OWN_SENDER) && !from.equalsIgnoreCase(login)) {
      return "554 5.2.252 SendAsDenied; " + login + " not allowed to send as " + from;
    }
    mails.add(
        new ReceivedMail(
            flavour,
            login,
            from,
            List.copyOf(recipients),
            new String(content, StandardCharsets.ISO_8859_1)));
    cloud.counters().count("mails");
    return "250 2.0.0 OK queued as " + mails.all().size();
  }

  private byte[] readContent() throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    while (true) {
      byte[] line = wire.readLineBytes();
      boolean dot = line.length > 0 && line[0] == '.';
      if (dot && line.length == 1) {
        return content.toByteArray();
      }
      if (content.size() <= SIZE_LIMIT) {
        content.write(line, dot ? 1 : 0, line.length - (dot ? 1 : 0));
        content.writeBytes(new byte[] {'\r', '\n'});
      }
    }
  }

  private void reset() throws IOException {
    clearTransaction();
    wire.send("250 2.0.0 Resetting");
  }

  private void clearTransaction() {
    sender = Optional.empty();
    recipients.clear();
  }

  private void quit() throws IOException {
    wire.send("221 2.0.0 Service closing transmission channel");
    throw new EOFException("QUIT");
  }

  private boolean faulty(String place) throws IOException {
    Optional<MailFault> fault = cloud.mailFaults().take(List.of(place));
    if (fault.isPresent()) {
      carryOut(fault.get());
    }
    return fault.isPresent();
  }

  private void carryOut(MailFault fault) throws IOException {
    switch (fault) {
      case MailFault.Reply(String text) -> wire.send(text.split("\n"));
      case MailFault.ReplyAndDrop(String text) -> {
        wire.send(text.split("\n"));
        throw new EOFException("told to drop the connection");
      }
      case MailFault.Challenge(String json, String text) -> {
        String encoded = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        wire.send("334 " + encoded);
        cloud.journal().acknowledgement("smtp", wire.readLine());
        wire.send(text.split("\n"));
      }
      case MailFault.Hang() -> wire.hang();
      case MailFault.Reset() -> wire.reset();
    }
  }
}
