package org.cloudmdirsync.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Judged by Angus Mail. */
class ImapTest extends WithSimulator {
  private static final String IMAP = "https://outlook.office.com/IMAP.AccessAsUser.All";

  @Test
  void opensTheInbox() throws Exception {
    String token = visitor.microsoft("ann@example.com", IMAP);
    assertThat(inboxSize(Service.OFFICE365_IMAPS, "ann@example.com", token)).isZero();
    assertThat(inboxSize(Service.OFFICE365_IMAP, "ann@example.com", token)).isZero();
    simulator.switches().set(Switch.IMAP_INITIAL_RESPONSE, "refuse");
    assertThat(inboxSize(Service.OFFICE365_IMAPS, "ann@example.com", token)).isZero();
  }

  @Test
  void letsAnotherMailboxInButNotThrough() throws Exception {
    String token = visitor.microsoft("ann@example.com", IMAP);
    assertThatThrownBy(() -> inboxSize(Service.OFFICE365_IMAPS, "team@example.com", token))
        .isInstanceOf(MessagingException.class)
        .hasMessageContaining("authenticated but not connected");
    simulator.directory().share("team@example.com", java.util.Set.of("ann@example.com"));
    assertThat(inboxSize(Service.OFFICE365_IMAPS, "team@example.com", token)).isZero();
  }

  @Test
  void explainsARefusal() {
    assertThatThrownBy(() -> inboxSize(Service.GMAIL_IMAPS, "ann@example.com", "wrong"))
        .isInstanceOf(AuthenticationFailedException.class)
        .hasMessageContaining("Invalid credentials");
    // Angus answers the challenge with its credentials once more; the journal must not show them.
    assertThat(simulator.journal().of("acknowledgement"))
        .extracting(entry -> entry.details().get("line"))
        .containsExactly("something longer");
  }

  private int inboxSize(Service service, String user, String token) throws Exception {
    boolean implicit = service.key().endsWith("imaps");
    String protocol = implicit ? "imaps" : "imap";
    Properties properties = new Properties();
    properties.put("mail." + protocol + ".auth.mechanisms", "XOAUTH2");
    properties.put("mail." + protocol + ".starttls.required", Boolean.toString(!implicit));
    properties.put("mail." + protocol + ".starttls.enable", Boolean.toString(!implicit));
    properties.put("mail." + protocol + ".ssl.socketFactory", visitor.tls().getSocketFactory());
    properties.put("mail." + protocol + ".ssl.checkserveridentity", "true");
    try (Store store = Session.getInstance(properties).getStore(protocol)) {
      store.connect("localhost", simulator.port(service), user, token);
      try (Folder inbox = store.getFolder("INBOX")) {
        inbox.open(Folder.READ_ONLY);
        return inbox.getMessageCount();
      }
    }
  }
}
