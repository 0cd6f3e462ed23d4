package org.cloudmdirsync.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cloudmdirsync.sasl.Mechanism;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {
  @Test
  void keywordsHaveParametersInAnyCase() {
    Capabilities offered =
        of("mail.example.com", "size 35882577", "8bitmime", "Auth plain xoauth2");
    assertThat(offered.offers("8BITMIME")).isTrue();
    assertThat(offered.offers("MAIL.EXAMPLE.COM")).isFalse();
    assertThat(offered.size()).contains(35882577L);
    assertThat(offered.mechanism()).contains(Mechanism.XOAUTH2);
  }

  @Test
  void authIsSpelledInTwoWaysAndAddsUp() {
    assertThat(of("x", "AUTH=LOGIN", "AUTH OAUTHBEARER").mechanism())
        .contains(Mechanism.OAUTHBEARER);
    assertThat(of("x", "AUTH OAUTHBEARER", "AUTH=LOGIN XOAUTH2").mechanism())
        .contains(Mechanism.XOAUTH2);
    assertThat(of("x", "AUTH LOGIN PLAIN XOAUTH").mechanism()).isEmpty();
    assertThat(of("x").mechanism()).isEmpty();
  }

  @Test
  void noSizeOrZeroOrRubbishIsNoLimit() {
    assertThat(of("x", "SIZE").size()).isEmpty();
    assertThat(of("x", "SIZE 0").size()).isEmpty();
    assertThat(of("x", "SIZE 99999999999999999999999").size()).isEmpty();
  }

  private static Capabilities of(String... lines) {
    return Capabilities.of(new SmtpReply(250, List.of(lines)));
  }
}
