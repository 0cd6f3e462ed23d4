package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people paste. */
final class PastedTest {
  private static final String ADDRESS =
      "http://127.0.0.1:8080/oauth2/msal?code=4%2F0A-x_y&state=s1";

  @ParameterizedTest
  @ValueSource(
      strings = {
        ADDRESS,
        "  " + ADDRESS + "\r\n",
        "\"" + ADDRESS + "\"",
        "'" + ADDRESS + "' ",
        "<" + ADDRESS + ">",
        "\u201c" + ADDRESS + "\u201d",
        "http://127.0.0.1:8080/oauth2/msal?code=4%2F0A\n  -x_y&state=s1",
        "127.0.0.1:8080/oauth2/msal?code=4%2F0A-x_y&state=s1",
      })
  void theAddressIsFound(String text) {
    assertThat(Pasted.of(text)).isEqualTo(new Pasted.Address(URI.create(ADDRESS)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "4/0AX4XfWh", "1.AXkA-x_y", "\"\"", "http://127.0.0.1:8080/", "?%zz|"})
  void anythingElseIsExplained(String text) {
    assertThat(Pasted.of(text)).isInstanceOf(Pasted.Useless.class);
  }

  @Test
  void aBareCodeIsRefusedByName() {
    assertThat(Pasted.of("4/0AX4XfWh"))
        .isInstanceOfSatisfying(
            Pasted.Useless.class,
            useless -> assertThat(useless.reason()).contains("a code", "state="));
  }
}
