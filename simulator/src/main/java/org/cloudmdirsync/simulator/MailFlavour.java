package org.cloudmdirsync.simulator;

import java.util.List;

/** Whose mail servers are imitated: what they offer and how they refuse. */
public enum MailFlavour {
  /** smtp.office365.com and outlook.office365.com: XOAUTH2 only, refuses at once. */
  OFFICE365(Flavour.MICROSOFT),
  /** smtp.gmail.com and imap.gmail.com: explains a refusal in a JSON challenge first. */
  GMAIL(Flavour.GOOGLE),
  /**
   * Somebody's Dovecot or Postfix: both mechanisms, scopes {@code smtp}, {@code imap}, {@code
   * mail}.
   */
  GENERIC(Flavour.GENERIC);

  private final Flavour issuer;

  MailFlavour(Flavour issuer) {
    this.issuer = issuer;
  }

  Flavour issuer() {
    return issuer;
  }

  List<SaslLogin.Mechanism> mechanisms() {
    return switch (this) {
      case OFFICE365 -> List.of(SaslLogin.Mechanism.XOAUTH2);
      case GMAIL, GENERIC -> List.of(SaslLogin.Mechanism.XOAUTH2, SaslLogin.Mechanism.OAUTHBEARER);
    };
  }

  boolean acceptsForSmtp(String scope) {
    return switch (this) {
      case OFFICE365 -> ofOutlook(scope, "SMTP.Send");
      case GMAIL -> scope.equals("https://mail.google.com/");
      case GENERIC -> scope.equals("smtp") || scope.equals("mail");
    };
  }

  boolean acceptsForImap(String scope) {
    return switch (this) {
      case OFFICE365 -> ofOutlook(scope, "IMAP.AccessAsUser.All");
      case GMAIL -> scope.equals("https://mail.google.com/");
      case GENERIC -> scope.equals("imap") || scope.equals("mail");
    };
  }

  private static boolean ofOutlook(String scope, String right) {
    return scope.matches("https://outlook\\.office(365)?\\.com/(\\.default|" + right + ")");
  }

  List<String> ehlo(boolean encrypted) {
    return switch (this) {
      case OFFICE365 ->
          encrypted
              ? List.of(
                  "SIZE 157286400",
                  "PIPELINING",
                  "DSN",
                  "ENHANCEDSTATUSCODES",
                  "AUTH LOGIN XOAUTH2",
                  "8BITMIME",
                  "SMTPUTF8")
              : List.of(
                  "SIZE 157286400",
                  "PIPELINING",
                  "DSN",
                  "ENHANCEDSTATUSCODES",
                  "STARTTLS",
                  "8BITMIME",
                  "SMTPUTF8");
      case GMAIL ->
          List.of(
              "SIZE 35882577",
              "8BITMIME",
              encrypted
                  ? "AUTH LOGIN PLAIN XOAUTH2 PLAIN-CLIENTTOKEN OAUTHBEARER XOAUTH"
                  : "STARTTLS",
              "ENHANCEDSTATUSCODES",
              "PIPELINING",
              "SMTPUTF8");
      case GENERIC ->
          List.of(
              "SIZE 35882577",
              "8BITMIME",
              encrypted ? "AUTH XOAUTH2 OAUTHBEARER" : "STARTTLS",
              "ENHANCEDSTATUSCODES",
              "PIPELINING");
    };
  }

  String smtpGreeting() {
    return switch (this) {
      case OFFICE365 -> "220 SIMULATED.outlook.office365.com Microsoft ESMTP MAIL Service ready";
      case GMAIL -> "220 smtp.gmail.com ESMTP simulated - gsmtp";
      case GENERIC -> "220 mail.example.com ESMTP";
    };
  }

  String smtpWelcome() {
    return switch (this) {
      case OFFICE365, GENERIC -> "235 2.7.0 Authentication successful";
      case GMAIL -> "235 2.7.0 Accepted";
    };
  }

  /** How a bad token ends, with the JSON challenge before it where the flavour has one. */
  MailFault smtpRefusal(SaslLogin.Mechanism mechanism) {
    return switch (this) {
      case OFFICE365 -> MailFault.authenticationUnsuccessful();
      case GMAIL ->
          new MailFault.Challenge(
              challenge(mechanism),
              "535-5.7.8 Username and Password not accepted. For more information, go to\n"
                  + "535 5.7.8  https://support.google.com/mail/?p=BadCredentials sim - gsmtp");
      case GENERIC ->
          new MailFault.Challenge(challenge(mechanism), "535 5.7.8 Authentication failed");
    };
  }

  MailFault imapRefusal(SaslLogin.Mechanism mechanism) {
    return switch (this) {
      case OFFICE365 -> new MailFault.Reply("NO AUTHENTICATE failed.");
      case GMAIL ->
          new MailFault.Challenge(
              challenge(mechanism), "NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)");
      case GENERIC ->
          new MailFault.Challenge(
              challenge(mechanism), "NO [AUTHENTICATIONFAILED] Authentication failed.");
    };
  }

  String imapGreeting() {
    return switch (this) {
      case OFFICE365 -> "* OK The Microsoft Exchange IMAP4 service is ready. [c2ltdWxhdGVk]";
      case GMAIL -> "* OK Gimap ready for requests from 127.0.0.1 simulated";
      case GENERIC -> "* OK IMAP4rev1 ready";
    };
  }

  String imapWelcome(String user) {
    return switch (this) {
      case OFFICE365 -> "OK AUTHENTICATE completed.";
      case GMAIL -> "OK " + user + " authenticated (Success)";
      case GENERIC -> "OK Logged in";
    };
  }

  /** RFC 7628 section 3.2.2 for OAUTHBEARER; Google's older form for XOAUTH2. */
  String challenge(SaslLogin.Mechanism mechanism) {
    String scope = this == GMAIL ? "https://mail.google.com/" : "mail";
    return switch (mechanism) {
      case XOAUTH2 ->
          "{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"%s\"}".formatted(scope);
      case OAUTHBEARER -> "{\"status\":\"invalid_token\",\"scope\":\"%s\"}".formatted(scope);
    };
  }
}
