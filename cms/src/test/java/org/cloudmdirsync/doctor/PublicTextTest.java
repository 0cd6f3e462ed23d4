package org.cloudmdirsync.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cloudmdirsync.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicTextTest {
  private final PublicText text = new PublicText(List.of(Secret.of("known secret!")));

  /** A text, and what must not be left of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          HTTPS_PROXY=http://ann:hunter2@proxy.example.org:3128             | hunter2
          via http://ann:p%40ss@proxy:3128/                                 | p%40ss
          proxy http://justtoken@proxy.example.org:80                       | justtoken
          Authorization: Bearer abc                                         | abc
          Authorization: Basic YW5uOnB3                                     | YW5uOnB3
          > Proxy-Authorization: Negotiate YII                              | YII
          Cookie: sid=12345; x=y                                            | 12345
          {"access_token":"shorttoken","expires_in":3599}                   | shorttoken
          {"refresh_token": "r3fr3sh", "id_token" : "1d"}                   | r3fr3sh
          client_secret="s3cret"                                            | s3cret
          client_secret=a&client_id=b                                       | =a&
          http://127.0.0.1:8080/oauth2/msal?code=0.AXkAabcdefghij&state=zzzzzzzz1 | AXkAabcdefghij
          GET /oauth2/msal?state=zzzzzzzz1&code=short123                    | zzzzzzzz1
          eyJ0eXAiOiJKV1QifQ.eyJhdWQiOiJ4In0.c2ln                           | eyJhdWQiOiJ4In0
          a token ya29.a0AfH6SMBx                                           | a0AfH6SMBx
          refused 1//0gXabcdefghij by Google                                | 0gXabcdefghij
          code 4/0AX4XfWhabc                                                | 0AX4XfWhabc
          secret GOCSPX-abc_def                                             | abc_def
          it was M.C523_BAY.0.U.-Cabcdefgh!x*                               | Cabcdefgh
          1.AXkAabcdefghijklmnop was refused                                | AXkAabcdefghijklmnop
          EwBwA8l6BAAUO9chh8cJscQLmU2kkkkkkk                                 | BAAUO9chh8cJscQ
          azp8Q~AbCdEfGhIjKlMnOpQrStUvWx                                    | AbCdEfGhIjKl
          "body":"{\\"access_token\\":\\"n3sted\\"}"                     | n3sted
          password = "two words"                                            | words
          MIIEvgIBADANBgkq/kiG9w0BAQEFAASC/KgwggSkAgEAAoIBA                 | kiG9w0BAQ
          password: hunter2                                                 | hunter2
          passwd=hunter2                                                    | hunter2
          deadbeefdeadbeef0123456789abcdef0123                              | deadbeef
          oRandomBase64url_with-43chars_0123456789abc                       | oRandomBase64url
          AUTH XOAUTH2 dXNlcj1hbm4BYXV0aD1CZWFyZXIg                          | dXNlcj1hbm4B
          user ann@example.com                                              | ann@
          user=ann%40example.com&x=y                                        | ann%40
          /home/ann/mail/cms.cfg                                            | ann
          the known secret! was here                                        | known secret!
          and known+secret%21 there                                         | known+secret%21
          base64 a25vd24gc2VjcmV0IQ                                         | a25vd24gc2VjcmV0IQ
          """)
  void takesSecretsOut(String said, String secret) {
    assertThat(text.of(said)).doesNotContain(secret);
  }

  /** Without these nobody can help. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "token https://login.microsoftonline.com/common/oauth2/v2.0/token",
        "client_id d3590ed6-52b3-4102-aeff-aad2292ab01c",
        "AADSTS700082: The refresh token has expired due to inactivity.",
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled",
        "/usr/share/ca-certificates/mozilla",
        "used for SMTP https://outlook.office.com/SMTP.Send",
        "smtp.office365.com:587: TLSv1.3 TLS_AES_256_GCM_SHA384",
        "2026-11-24 15:06:35 warning: the provider cannot be reached",
      })
  void leavesWhatHelps(String said) {
    assertThat(text.of(said)).isEqualTo(said);
  }

  @Test
  void anAddressIsAlwaysTheSameAndTwoAreNot() {
    assertThat(text.of("ann@example.com, Ann@Example.com, bob@x.org, ann%40example.com"))
        .isEqualTo(
            "user1@example.invalid, user1@example.invalid, user2@example.invalid,"
                + " user1@example.invalid");
  }
}
