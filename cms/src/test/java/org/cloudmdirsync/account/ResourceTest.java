package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Set;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.provider.Provider.Identity;
import org.cloudmdirsync.provider.Provider.TokenPer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Granted scopes against needed ones. */
final class ResourceTest {

  @Test
  void eachUseMayHaveATokenForItAlone() {
    Account account =
        World.account(URI.create("https://x.example/token"), TokenPer.PROTOCOL, Identity.UNKNOWN);

    assertThat(Resource.of(account))
        .containsExactly(
            new Resource(
                "SMTP", Set.of(Protocol.SMTP), List.of("https://outlook.example/SMTP.Send")),
            new Resource(
                "MAILBOX",
                Set.of(Protocol.MAILBOX),
                List.of("https://graph.example/Mail.ReadWrite")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // needed | granted | missing
        "https://mail.google.com/ | - | -",
        "https://mail.google.com/ | https://mail.google.com/ | -",
        "https://mail.google.com/ | openid https://www.googleapis.com/auth/userinfo.email |"
            + " https://mail.google.com/",
        "https://outlook.office.com/SMTP.Send | HTTPS://Outlook.Office.com/smtp.send profile | -",
        "a b | b a c | -",
        "a b | b | a",
        "https://graph.microsoft.com/Mail.ReadWrite | openid Mail.ReadWrite User.Read | -",
        "https://graph.microsoft.com/Mail.ReadWrite | openid Mail.Read User.Read |"
            + " https://graph.microsoft.com/Mail.ReadWrite",
        "https://outlook.office365.com/.default | https://outlook.office365.com/IMAP.AccessAsApp |"
            + " -",
      })
  void namesTheFirstMissingScope(String needed, String granted, String missing) {
    Resource resource = new Resource("", Set.of(Protocol.SMTP), List.of(needed.split(" ")));
    List<String> answer = granted == null ? List.of() : List.of(granted.split(" "));

    assertThat(resource.missing(answer).orElse(null)).isEqualTo(missing);
  }
}
