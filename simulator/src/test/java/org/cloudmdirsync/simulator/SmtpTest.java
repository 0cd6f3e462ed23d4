package org.cloudmdirsync.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Judged by Angus Mail, which knows nothing of ours. */
class SmtpTest extends WithSimulator {
  private static final String SMTP = "https://outlook.office.com/SMTP.Send";
  private static final String IMAP = "https://outlook.office.com/IMAP.AccessAsUser.All";

  @Test
  void takesMailFromABearer() throws Exception {
    String token = visitor.microsoft("ann@example.com", SMTP);
    send(Service.OFFICE365_SUBMISSION, "ann@example.com", token, ".dot\r\nend");
    assertThat(simulator.mails())
        .singleElement()
        .satisfies(mail -> {
          assertThat(mail.user()).isEqualTo("ann@example.com");
          assertThat(mail.recipients()).containsExactly("bob@example.net");
          assertThat(mail.content()).contains("Subject: greetings", "\r\n.dot\r\nend\r\n");
        });
    assertThat(simulator.counters().get("authentications")).isEqualTo(1);
    assertThat(simulator.journal().all().toString()).doesNotContain(token).contains("WELCOME");
  }

  @Test
  void refusesWhatIsNotForIt() throws Exception {
    String imapOnly = visitor.microsoft("ann@example.com", IMAP);
    refuses("ann@example.com", imapOnly, "535 5.7.3");
    String token = visitor.microsoft("ann@example.com", SMTP);
    refuses("bob@example.com", token, "535 5.7.3");
    simulator.expireAccessTokens();
    refuses("ann@example.com", token, "535 5.7.3");
    assertThat(simulator.journal().of("authentication"))
        .extracting(e -> e.details().get("verdict"))
        .containsExactly("WRONG_SCOPE", "WRONG_USER", "EXPIRED");
    assertThat(simulator.mails()).isEmpty();
  }

  private void refuses(String user, String token, String words) {
    assertThatThrownBy(() -> send(Service.OFFICE365_SUBMISSION, user, token, "x"))
        .isInstanceOf(AuthenticationFailedException.class)
        .hasMessageContaining(words);
  }

  private void send(Service service, String user, String token, String text) throws Exception {
    Properties properties = new Properties();
    properties.put("mail.smtp.auth", "true");
    properties.put("mail.smtp.auth.mechanisms", "XOAUTH2");
    properties.put("mail.smtp.starttls.required", "true");
    properties.put("mail.smtp.ssl.socketFactory", visitor.tls().getSocketFactory());
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    Session session = Session.getInstance(properties);
    MimeMessage message = new MimeMessage(session);
    message.setFrom(new InternetAddress(user));
    message.setRecipients(Message.RecipientType.TO, "bob@example.net");
    message.setSubject("greetings");
    message.setText(text);
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect("localhost", simulator.port(service), user, token);
      transport.sendMessage(message, message.getAllRecipients());
    }
  }
}
